package dev.portcullis.analyze;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Requests, errors and hostile requests over time as paths of an SVG of {@value #WIDTH} by {@value
 * #HEIGHT}. Hostile ones have a scale of their own, or they would not be seen.
 *
 * @param requests the area under all requests
 * @param errors a line
 * @param hostile bars
 * @param top number of requests at the upper edge
 * @param hostileTop number of hostile requests at the upper edge
 * @param from the time at the left
 * @param to the time at the right
 */
public record Chart(
    String requests,
    String errors,
    String hostile,
    String top,
    String hostileTop,
    String from,
    String to) {
  /** Of the drawing, in units of its own. */
  public static final int WIDTH = 1_000;

  /** Of the drawing. */
  public static final int HEIGHT = 180;

  static Chart of(List<Report.Point> points) {
    if (points.isEmpty()) {
      return new Chart("", "", "", "0", "0", "", "");
    }
    long top = Math.max(1, points.stream().mapToLong(Report.Point::requests).max().orElse(1));
    long hostileTop = Math.max(1, points.stream().mapToLong(Report.Point::hostile).max().orElse(1));
    var bars = new StringBuilder();
    double step = (double) WIDTH / points.size();
    for (int i = 0; i < points.size(); i++) {
      long hostile = points.get(i).hostile();
      if (hostile > 0) {
        double height = Math.max(2, (double) HEIGHT * hostile / hostileTop);
        bars.append(
            String.format(
                Locale.ROOT,
                "M%.1f %d v-%.1f h%.1f v%.1f z ",
                i * step,
                HEIGHT,
                height,
                Math.max(1.5, step - 0.5),
                height));
      }
    }
    return new Chart(
        "M0 " + HEIGHT + line(points, Report.Point::requests, top, "L") + " V" + HEIGHT + " z",
        line(points, Report.Point::errors, top, "M"),
        bars.toString().strip(),
        Words.number(top),
        Words.number(hostileTop),
        Words.time(points.getFirst().at()),
        Words.time(points.getLast().at()));
  }

  private static String line(
      List<Report.Point> points, ToLongFunction<Report.Point> value, long top, String first) {
    var line = new StringBuilder();
    double step = (double) WIDTH / points.size();
    for (int i = 0; i < points.size(); i++) {
      double y = HEIGHT - (double) HEIGHT * value.applyAsLong(points.get(i)) / top;
      line.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f H%.1f ",
              i == 0 ? first : "L",
              i * step,
              y,
              (i + 1) * step));
    }
    return line.toString().strip();
  }
}
