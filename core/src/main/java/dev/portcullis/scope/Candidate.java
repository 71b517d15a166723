package dev.portcullis.scope;

import java.util.List;

/**
 * A use that may belong to the breach.
 *
 * @param kind of its strongest tie
 * @param shared what ties it, in words
 * @param ties all of them, in words
 * @param since what it did since the breach began
 * @param fresh whether it was first seen after the breach began
 */
record Candidate(
    Strand strand,
    Pivot.Kind kind,
    String shared,
    List<String> ties,
    double strength,
    double rarity,
    double overlap,
    double likeness,
    Tally since,
    boolean fresh,
    Term term) {

  /** One thing that two uses have in common. */
  record Tie(Pivot.Kind kind, String shared, double rarity) {
    double strength(double overlap, double likeness) {
      return rarity * (0.5 + 0.25 * overlap + 0.25 * likeness);
    }
  }

  /** What is tied, in words. */
  String target() {
    return switch (kind) {
      case CREDENTIAL -> "source " + strand.use().source();
      case SOURCE ->
          strand.use().credential().map(id -> "credential " + id).orElse("no credential");
      case SESSION, ACCOUNT, CLIENT -> strand.use().words();
    };
  }

  long size() {
    return since.exchanges();
  }
}
