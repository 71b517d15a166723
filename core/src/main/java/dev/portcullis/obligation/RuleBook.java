package dev.portcullis.obligation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The shipped rules, by id. Immutable. */
public final class RuleBook {
  private static final String INDEX = "index.txt";
  private static final int MAX_FILES = 1_000;

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
    for (String name : shipped()) {
      rules.put(name, read(name, resource(name + ".yaml")));
    }
    return new RuleBook(rules);
  }

  /**
   * These, and those of a directory's files {@code ID.yaml}, which replace one of the same id.
   *
   * @throws IllegalArgumentException when a file is no rule
   */
  public RuleBook with(Path directory) {
    var all = new TreeMap<>(rules);
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> own =
          files
              .filter(file -> file.getFileName().toString().endsWith(".yaml"))
              .sorted()
              .limit(MAX_FILES + 1L)
              .toList();
      if (own.size() > MAX_FILES) {
        throw new IllegalArgumentException(
            directory + ": more than " + MAX_FILES + " rule files (expected: at most that many)");
      }
      for (Path file : own) {
        String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
        all.put(name, read(name, Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the rule files in " + directory, e);
    }
    return new RuleBook(all);
  }

  /** A class path cannot be listed portably, so a file names the files; a test compares. */
  static List<String> shipped() {
    return resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  private static Rule read(String name, String text) {
    Rule rule = RuleReader.read(name + ".yaml", text);
    if (!rule.id().equals(name)) {
      throw new IllegalArgumentException(
          "%s.yaml: id %s (expected: the file's name)".formatted(name, rule.id()));
    }
    return rule;
  }

  private static String resource(String name) {
    try (InputStream in = RuleBook.class.getResourceAsStream("rules/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The rule file " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the rule file " + name, e);
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

  /** All, by id. */
  Collection<Rule> all() {
    return rules.values();
  }

  /** All rules in short, by id. */
  public List<RuleSummary> summaries() {
    return rules.values().stream().map(RuleSummary::of).toList();
  }

  Optional<Rule> find(String id) {
    return Optional.ofNullable(rules.get(id));
  }

  static List<Content> contentsOfContracts() {
    return OF_CONTRACTS;
  }
}
