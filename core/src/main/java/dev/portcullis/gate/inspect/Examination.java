package dev.portcullis.gate.inspect;

import dev.portcullis.journal.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One request before the rules: collects what they find. */
final class Examination {
  /** Findings kept of one request: more say nothing new. */
  private static final int MAX_FINDINGS = 16;

  /** A body's value up to this length, on one line or two, is a field and not prose. */
  private static final int FIELD_LENGTH = 256;

  /** Starts of serialised objects in base64: pickle, Java, .NET, PHP. */
  private static final List<String> OBJECTS =
      List.of("gAJ", "gAN", "gAS", "gAV", "rO0A", "AAEAAAD", "Tzo", "Y29z", "Y3Bvc2l4", "Y19f");

  private final RuleSet rules;
  private final List<Finding> findings = new ArrayList<>(0);

  Examination(RuleSet rules) {
    this.rules = rules;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** A value of path, query or header; {@code name} is the header's, if it is one. */
  void value(Place place, String location, String name, String value) {
    objects(location, value);
    if (RuleInspection.isPlain(value)) {
      return;
    }
    readings(place, name, value, location);
  }

  /** One cookie's value: an opaque token, or text, or an object behind base64. */
  void cookie(String location, String quoted) {
    String value = Decoding.percent(quoted);
    if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
      value = value.substring(1, value.length() - 1);
    }
    if (!RuleInspection.isPlain(quoted)) {
      readings(Place.COOKIE, "", quoted, location);
    }
    // Signed cookies join payload and signature with a dot; each part is looked behind.
    for (String part : value.split("\\.", 8)) {
      Decoding.base64(part).ifPresent(bytes -> decoded(location, bytes));
    }
  }

  private void decoded(String location, String bytes) {
    rules.match(Place.DECODED, "", bytes, rule -> found(rule, location));
    if (Decoding.isText(bytes)) {
      readings(Place.COOKIE, "", bytes, location);
    }
  }

  /** A body's bytes, for what only shows in their structure. */
  void raw(String location, String bytes) {
    rules.match(Place.RAW, "", bytes, rule -> found(rule, location));
  }

  /** A text of a body. */
  void body(String location, String text) {
    objects(location, text);
    if (RuleInspection.isPlain(text)) {
      return;
    }
    readings(isField(text) ? Place.FIELD : Place.TEXT, "", text, location);
  }

  /** Short, and on one line or two. */
  private static boolean isField(String text) {
    if (text.length() > FIELD_LENGTH) {
      return false;
    }
    int first = text.indexOf('\n');
    return first < 0 || text.indexOf('\n', first + 1) < 0;
  }

  /** Looks behind base64 only where it starts like a serialised object. */
  private void objects(String location, String value) {
    for (int i = 0; i < OBJECTS.size(); i++) {
      if (value.startsWith(OBJECTS.get(i))) {
        Decoding.base64(Decoding.percent(value))
            .ifPresent(
                bytes -> rules.match(Place.DECODED, "", bytes, rule -> found(rule, location)));
        return;
      }
    }
  }

  private void readings(Place place, String name, String value, String location) {
    Consumer<Rule> found = rule -> found(rule, location);
    boolean plus = place == Place.QUERY;
    if (isAsItIs(value, plus)) {
      rules.match(place, name, value, found);
    } else {
      Decoding.forms(value, plus).forEach(form -> rules.match(place, name, form, found));
    }
  }

  /** Whether no decoding would change the value. */
  private static boolean isAsItIs(String value, boolean plus) {
    boolean escaped = value.indexOf('%') >= 0 || (plus && value.indexOf('+') >= 0);
    boolean entity = value.indexOf('&') >= 0 && (value.indexOf(';') >= 0 || value.contains("&#"));
    return !escaped
        && !entity
        && (value.indexOf('\\') < 0 || !(value.contains("\\u") || value.contains("\\x")))
        && !value.contains("${")
        && !value.contains("/*");
  }

  private void found(Rule rule, String location) {
    var finding = new Finding(rule.id(), rule.category(), location);
    if (findings.size() < MAX_FINDINGS && !findings.contains(finding)) {
      findings.add(finding);
    }
  }
}
