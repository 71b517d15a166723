package dev.portcullis.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One reading of one file: what was found wrong so far, and where everything stands. Problems are
 * collected, so that one run tells all of them.
 */
final class Reading {
  /** Problems, and as many warnings, that are kept; further ones are only counted. */
  static final int MAX_PROBLEMS = 100;

  /** Characters; anything shorter would be found in every other word. */
  private static final int SHORTEST_SECRET = 4;

  private final SourceText source;
  private final Map<String, String> environment;
  private final Map<String, Position> positions = new HashMap<>();
  private final Map<String, String> keys = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, String> hidden = new HashMap<>();
  private final Set<String> unsound = new HashSet<>();
  private int untold;
  private boolean muted;

  Reading(SourceText source, Map<String, String> environment) {
    this.source = source;
    this.environment = environment;
  }

  SourceText source() {
    return source;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** The text with the environment's values in the place of references. */
  String substituted(String text) throws Mistake {
    return Substitution.apply(text, environment, hidden::put);
  }

  /** What stands at the path begins there. */
  void locate(String path, Position at) {
    positions.putIfAbsent(path, at);
  }

  /**
   * The reader knows this key.
   *
   * @param pattern such as {@code routes[].limit.per}
   * @param fallback its default as text; empty: none that could be written
   */
  void knows(String pattern, String fallback) {
    keys.merge(pattern, fallback, (old, now) -> now.isEmpty() ? old : now);
  }

  /** Every key asked for so far, with its default; for the documentation's test. */
  Map<String, String> keys() {
    return keys;
  }

  void problem(Position at, String path, String wrong, String expected) {
    if (muted) {
      return;
    }
    unsound.add(path);
    if (problems.size() == MAX_PROBLEMS) {
      untold++;
      return;
    }
    problems.add(make(at, path, wrong, expected));
  }

  /** A problem with what stands at the path, or, where nothing does, with what encloses it. */
  void problem(String path, String wrong, String expected) {
    problem(position(path), path, wrong, expected);
  }

  /** Legal, but probably not meant. */
  void warning(String path, String wrong, String expected) {
    if (!muted && warnings.size() < MAX_PROBLEMS) {
      warnings.add(make(position(path), path, wrong, expected));
    }
  }

  /** Whether the file has something at this path. */
  boolean has(String path) {
    return positions.containsKey(path);
  }

  /** Whether nothing at this very path was found wrong. */
  boolean isSound(String path) {
    return !unsound.contains(path);
  }

  /** Reads a placeholder for what was already reported as malformed, without a second report. */
  <T> T muted(Supplier<T> reader) {
    boolean before = muted;
    muted = true;
    try {
      return reader.get();
    } finally {
      muted = before;
    }
  }

  /** How many problems there are so far. */
  int problemCount() {
    return problems.size();
  }

  /** Takes over what was found in another file that this one names. */
  void adopt(Reading other) {
    if (!muted) {
      problems.addAll(other.problems.subList(0, room(problems, other.problems)));
      warnings.addAll(other.warnings.subList(0, room(warnings, other.warnings)));
    }
  }

  private static int room(List<Problem> into, List<Problem> more) {
    return Math.min(more.size(), Math.max(0, MAX_PROBLEMS - into.size()));
  }

  List<Problem> warnings() {
    return sorted(warnings);
  }

  void throwIfAny() throws ConfigurationException {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(sorted(problems), warnings(), untold);
    }
  }

  private Problem make(Position at, String path, String wrong, String expected) {
    return new Problem(
        source.file().toString(),
        at.line(),
        at.column(),
        Masking.abridged(path),
        withoutEnvironment(wrong),
        withoutEnvironment(expected),
        source.shown(at.line()));
  }

  /** What a variable holds may be a secret; its name stands for it. */
  private String withoutEnvironment(String text) {
    String shown = text;
    for (var variable : hidden.entrySet()) {
      if (variable.getValue().length() >= SHORTEST_SECRET) {
        shown = shown.replace(variable.getValue(), "${" + variable.getKey() + "}");
      }
    }
    return shown;
  }

  private Position position(String path) {
    String enclosing = path;
    while (!enclosing.isEmpty()) {
      Position at = positions.get(enclosing);
      if (at != null) {
        return at;
      }
      int end = Math.max(enclosing.lastIndexOf('.'), enclosing.lastIndexOf('['));
      enclosing = end < 0 ? "" : enclosing.substring(0, end);
    }
    return Position.START;
  }

  private static List<Problem> sorted(List<Problem> problems) {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
