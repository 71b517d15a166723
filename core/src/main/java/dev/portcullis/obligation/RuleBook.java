package dev.portcullis.obligation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The shipped rules, by id. Immutable. */
public final class RuleBook {
  /** A class path cannot be listed portably, so the files are named here; a test compares. */
  static final List<String> FILES =
      List.of("gdpr-33", "gdpr-34", "hipaa-404", "hipaa-408", "pci-dss-12-10", "uk-gdpr-33");

  /** What a contract's partner is told: what a processor tells a controller, GDPR Art. 33(2). */
  private static final List<Content> OF_CONTRACTS =
      List.of(
          Content.NATURE,
          Content.DATES,
          Content.DATA_SUBJECTS,
          Content.RECORDS,
          Content.CONTACT,
          Content.CONSEQUENCES,
          Content.MEASURES);

  private final Map<String, Rule> rules;

  private RuleBook(Map<String, Rule> rules) {
    this.rules = Collections.unmodifiableMap(rules);
  }

  /** Reads and checks all shipped rules. */
  public static RuleBook load() {
    var rules = new TreeMap<String, Rule>();
    for (String name : FILES) {
      Rule rule = RuleReader.read(name + ".yaml", text(name));
      if (!rule.id().equals(name)) {
        throw new IllegalArgumentException(
            "%s.yaml: id %s (expected: the file's name)".formatted(name, rule.id()));
      }
      rules.put(name, rule);
    }
    return new RuleBook(rules);
  }

  private static String text(String name) {
    try (InputStream in = RuleBook.class.getResourceAsStream("rules/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("The rule file " + name + ".yaml is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the rule file " + name + ".yaml", e);
    }
  }

  /** Ids that a configuration may name, sorted. */
  public Set<String> ids() {
    return rules.keySet();
  }

  /** What a notice under that rule must contain; a contract's when the id is none of a rule. */
  public List<Content> contents(String rule) {
    return find(rule).map(Rule::contents).orElse(OF_CONTRACTS);
  }

  Optional<Rule> find(String id) {
    return Optional.ofNullable(rules.get(id));
  }

  static List<Content> contentsOfContracts() {
    return OF_CONTRACTS;
  }
}
