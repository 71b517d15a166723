package dev.portcullis.console;

import dev.portcullis.scope.Pivot;
import dev.portcullis.scope.Scope;
import dev.portcullis.scope.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A scope as its page shows it.
 *
 * @param since exchanges that were recorded since it was determined
 */
public record ScopeView(Scope scope, long since) {
  /** Rows of one table; the rest are counted. */
  public static final int ROWS = 12;

  /** Pivots that are drawn, and those that are offered for a decision. */
  public static final int EDGES = 12;

  private static final int BAR = 140;
  private static final int ROW = 42;

  /**
   * A number and how large it is beside the others.
   *
   * @param width of its bar, of {@code 140}
   */
  public record Bar(String name, long value, int width) {}

  /**
   * A pivot as it is drawn.
   *
   * @param y of its box
   * @param stroke width of its line, in tenths of a pixel
   */
  public record Edge(Pivot pivot, int y, String stroke, String style, String label) {}

  /** Exchanges by route. */
  public List<Bar> routes() {
    return bars(scope.routes());
  }

  /** People by data class. */
  public List<Bar> classes() {
    return bars(scope.dataClasses());
  }

  private static List<Bar> bars(Map<String, Long> counts) {
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Long> each) -> -each.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(ROWS)
        .map(each -> new Bar(each.getKey(), each.getValue(), width(each.getValue(), most)))
        .toList();
  }

  private static int width(long value, long most) {
    return most == 0 ? 0 : (int) Math.max(value > 0 ? 2 : 0, BAR * value / most);
  }

  /** Whose the exchanges were. */
  public List<Bar> split() {
    Split split = scope.split();
    long most =
        Math.max(
            split.thief().exchanges(),
            Math.max(split.owner().exchanges(), split.undetermined().exchanges()));
    return List.of(
        new Bar("thief", split.thief().exchanges(), width(split.thief().exchanges(), most)),
        new Bar(
            "rightful owner", split.owner().exchanges(), width(split.owner().exchanges(), most)),
        new Bar(
            "undetermined",
            split.undetermined().exchanges(),
            width(split.undetermined().exchanges(), most)));
  }

  /** People that a part of the split reached. */
  public long subjects(String whose) {
    Split split = scope.split();
    return switch (whose) {
      case "thief" -> split.thief().subjects();
      case "rightful owner" -> split.owner().subjects();
      default -> split.undetermined().subjects();
    };
  }

  /** The strongest, the undecided first. */
  public List<Edge> edges() {
    var edges = new ArrayList<Edge>();
    for (Pivot pivot : sorted()) {
      if (edges.size() == EDGES) {
        break;
      }
      String others = String.join(", ", pivot.others());
      edges.add(
          new Edge(
              pivot,
              edges.size() * ROW,
              String.format(Locale.ROOT, "%.1f", 1 + 5 * pivot.strength()),
              pivot.state().name().toLowerCase(Locale.ROOT),
              pivot.id() + "  " + (pivot.uses() == 1 ? cut(others) : pivot.uses() + " uses")));
    }
    return edges;
  }

  private static String cut(String text) {
    return text.length() <= 44 ? text : text.substring(0, 43) + "…";
  }

  private List<Pivot> sorted() {
    return scope.pivots().stream()
        .sorted(
            Comparator.comparing(Pivot::state)
                .thenComparing(Comparator.comparingDouble(Pivot::strength).reversed()))
        .toList();
  }

  /** Those that wait for a person, the strongest first. */
  public List<Pivot> undecided() {
    return sorted().stream()
        .filter(each -> each.state() == Pivot.State.UNDECIDED)
        .limit(EDGES)
        .toList();
  }

  /** Height of the drawing. */
  public int height() {
    return Math.max(ROW, edges().size() * ROW);
  }

  /** Where it stands, in words. */
  public String standing() {
    return scope.isClosed()
        ? "Closed: no pivot is undecided."
        : scope.undecided() + " pivots undecided: it may grow.";
  }
}
