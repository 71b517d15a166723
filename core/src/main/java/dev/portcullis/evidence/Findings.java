package dev.portcullis.evidence;

import java.util.ArrayList;
import java.util.List;

/** What an export found wrong or could not do; the first of it in words, all of it counted. */
final class Findings {
  private static final int MAX_NAMED = 100;

  private final List<String> named = new ArrayList<>();
  private long unnamed;
  private long unproven;

  /** Something that whoever relies on the archive has to know. */
  void add(String what) {
    if (named.size() < MAX_NAMED) {
      named.add(what);
    } else {
      unnamed++;
    }
  }

  /** A record is in the archive that the journal's tree does not vouch for. */
  void unproven(String what) {
    unproven++;
    add(what);
  }

  long unproven() {
    return unproven;
  }

  List<String> list() {
    var all = new ArrayList<String>(named);
    if (unnamed > 0) {
      all.add("and %d more of these".formatted(unnamed));
    }
    return all;
  }
}
