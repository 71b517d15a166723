package dev.portcullis.gate.inspect;

import dev.portcullis.gate.RequestHead;
import dev.portcullis.journal.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inspection by a rule book ({@code inspect/rules.yaml}): what each rule looks for, and where,
 * stands there.
 *
 * <p>How a request is read: its path as sent, each name and value of its query, each header, each
 * cookie, each text of its body is one value. A value is read as it is and decoded (percent once
 * and twice, entities, escapes, lookups, comments; base64 in cookies), and each reading is put
 * before the rules ({@link RuleSet}). A value of letters, digits, {@code -} and {@code _} alone is
 * skipped at once; of the rest one pass tells which literals occur, and for ordinary paths and
 * headers none of the patterns needs to be tried.
 *
 * <p>What it misses: what does not look like an attack. An injection that uses only words a guarded
 * API is meant to take (an SQL console, a template editor) is not told from use; a long prose field
 * is only looked at for what nobody writes by accident, because people quote attacks in tickets and
 * forums; nothing beyond the limit of the inspected body, compressed bodies, and strings encoded in
 * a way that only the guarded API knows.
 */
public final class RuleInspection implements Inspection {
  private final RuleSet rules;

  private RuleInspection(List<Rule> rules) {
    this.rules = new RuleSet(rules);
  }

  /** With the rule book that the product brings. Reading it takes some tens of milliseconds. */
  public static RuleInspection standard() {
    return new RuleInspection(RuleFile.standard());
  }

  /**
   * With a rule book of one's own.
   *
   * @throws IllegalArgumentException naming the rule, what is wrong and what would be right
   */
  public static RuleInspection of(String yaml) {
    return new RuleInspection(RuleFile.read(yaml));
  }

  /** Every class of attack that some rule is about. */
  public Set<String> categories() {
    return rules.rules().stream().map(Rule::category).collect(Collectors.toUnmodifiableSet());
  }

  RuleSet rules() {
    return rules;
  }

  @Override
  public List<Finding> head(RequestHead head) {
    var examination = new Examination(rules);
    String target = head.target();
    int mark = target.indexOf('?');
    examination.value(Place.PATH, "path", "", mark < 0 ? target : target.substring(0, mark));
    query(examination, mark < 0 ? "" : target.substring(mark + 1));
    head.forEachHeader((name, value) -> header(examination, name, value));
    return examination.findings();
  }

  private static void query(Examination examination, String query) {
    for (int from = 0; from < query.length(); ) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', from, end);
      boolean named = equals >= 0;
      String name = query.substring(from, named ? equals : end);
      String location = location("query", name);
      examination.value(Place.QUERY, location, "", name);
      if (named) {
        examination.value(Place.QUERY, location, "", query.substring(equals + 1, end));
      }
      from = end + 1;
    }
  }

  private static void header(Examination examination, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("cookie") || lower.equals("set-cookie")) {
      cookies(examination, value);
    } else {
      examination.value(Place.HEADER, location("header", lower), lower, value);
    }
  }

  private static void cookies(Examination examination, String value) {
    for (int from = 0; from < value.length(); ) {
      int end = value.indexOf(';', from);
      // A quoted value or a lookup may hold the separator: what is cut there is still read, as the
      // next piece.
      end = end < 0 ? value.length() : end;
      int equals = value.indexOf('=', from, end);
      boolean named = equals >= 0;
      String location =
          named ? location("cookie", value.substring(from, equals).strip()) : "cookie";
      examination.cookie(location, value.substring(named ? equals + 1 : from, end).strip());
      from = end + 1;
    }
    if (value.indexOf(';') >= 0) {
      examination.value(Place.COOKIE, "header:cookie", "", value);
    }
  }

  @Override
  public List<Finding> body(String contentType, byte[] body) {
    if (body.length == 0) {
      return List.of();
    }
    var examination = new Examination(rules);
    String bytes = new String(body, StandardCharsets.ISO_8859_1);
    examination.raw("body", bytes);
    BodyValues.of(
        contentType,
        new String(body, StandardCharsets.UTF_8),
        text -> examination.body("body", text));
    return examination.findings();
  }

  /** The name is the client's text: only a plain one is repeated in a record. */
  private static String location(String kind, String name) {
    return Optional.of(name)
        .filter(given -> !given.isEmpty() && given.length() <= 64 && isPlain(given))
        .map(given -> kind + ":" + given)
        .orElse(kind);
  }

  /** Letters, digits, {@code -}, {@code _}: no attack can be written with these alone. */
  static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      boolean plain =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || letter == '-'
              || letter == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
