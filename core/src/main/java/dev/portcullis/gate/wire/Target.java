package dev.portcullis.gate.wire;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request asks for: its path, normalised once, and its query. What is matched against routes
 * is exactly what is forwarded.
 */
public final class Target {
  private final String raw;
  private final String query;
  private final Optional<Violation> violation;
  private final Optional<PathText> path;

  private Target(String raw, String query, Optional<PathText> path, Optional<Violation> violation) {
    this.raw = raw;
    this.query = query;
    this.path = path;
    this.violation = violation.or(() -> path.flatMap(PathText::violation));
  }

  /**
   * Reads a request target (RFC 9112 §3.2) in origin form, or in absolute form whose authority is
   * the Host header's.
   */
  static Target of(String target, String host) {
    Optional<Violation> violation = characters(target);
    int mark = target.indexOf('?');
    String raw = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    String path = raw;
    if (!raw.startsWith("/")) {
      Optional<String> rest = absolute(raw, host);
      if (rest.isEmpty()) {
        violation = violation.or(() -> Optional.of(Violation.malformed("target-form")));
      }
      path = rest.orElse("/");
    }
    return new Target(raw, query, Optional.of(PathText.of(path)), violation);
  }

  private static Optional<Violation> characters(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '#') {
        return Optional.of(Violation.malformed("target-character"));
      }
    }
    return target.isEmpty() ? Optional.of(Violation.malformed("request-line")) : Optional.empty();
  }

  private static Optional<String> absolute(String target, String host) {
    String lower = target.toLowerCase(Locale.ROOT);
    int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (start < 0 || host.isEmpty()) {
      return Optional.empty();
    }
    int end = start;
    while (end < target.length() && target.charAt(end) != '/') {
      end++;
    }
    if (!target.substring(start, end).equalsIgnoreCase(host)) {
      return Optional.empty();
    }
    String rest = target.substring(end);
    return Optional.of(rest.startsWith("/") ? rest : "/" + rest);
  }

  /** As sent, without the query: for the inspection, and the journal if it can't be normalised. */
  public String raw() {
    return raw;
  }

  /** Normalised; the path as sent when there is a violation. */
  public String path() {
    return path.filter(text -> violation.isEmpty()).map(PathText::path).orElse(raw);
  }

  /** The normalised path's segments, decoded; none when there is a violation. */
  public List<String> segments() {
    return path.map(PathText::segments).orElse(List.of());
  }

  /** As sent, without the question mark. */
  public String query() {
    return query;
  }

  /** Why it is refused. */
  public Optional<Violation> violation() {
    return violation;
  }
}
