package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of a write-ahead log's segment files: 8 hexadecimal digits of timeline, 8 of log, 8 of
 * segment; {@code .partial} while it is being received.
 */
final class WalSegments {
  static final String PARTIAL = ".partial";

  private static final Pattern SEGMENT = Pattern.compile("([0-9A-F]{24})(\\.partial)?");
  private static final Pattern HISTORY = Pattern.compile("[0-9A-F]{8}\\.history");
  private static final long FOUR_GIBIBYTES = 1L << 32;

  private WalSegments() {}

  static boolean isLog(Path file) {
    String name = file.getFileName().toString();
    return SEGMENT.matcher(name).matches() || HISTORY.matcher(name).matches();
  }

  static boolean isSegment(Path file) {
    return SEGMENT.matcher(file.getFileName().toString()).matches();
  }

  /** The log's files in a directory, in the order of their names. */
  static List<Path> in(Path directory) throws IOException {
    var found = new ArrayList<Path>();
    if (Files.isDirectory(directory)) {
      try (var files = Files.newDirectoryStream(directory, WalSegments::isLog)) {
        files.forEach(found::add);
      }
    }
    found.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return found;
  }

  /** Where in the log, whatever its timeline: log and segment as 16 digits. */
  static String position(String segment) {
    return segment.substring(8, 24);
  }

  /** Its number, counted from the log's beginning. */
  static long number(String segment, long segmentBytes) {
    long log = Long.parseLong(segment.substring(8, 16), 16);
    long within = Long.parseLong(segment.substring(16, 24), 16);
    return log * (FOUR_GIBIBYTES / segmentBytes) + within;
  }

  /** The number of the segment that holds a place in the log such as {@code 0/5000148}. */
  static long number(String log, String offset, long segmentBytes) {
    return Long.parseLong(log, 16) * (FOUR_GIBIBYTES / segmentBytes)
        + Long.parseLong(offset, 16) / segmentBytes;
  }

  /**
   * The last segment that is reached from the first without a gap.
   *
   * @param first name of the segment that the base begins in
   */
  static Optional<Path> lastInRow(List<Path> files, String first, long segmentBytes) {
    Optional<Path> last = Optional.empty();
    long expected = number(first, segmentBytes);
    List<Path> sorted =
        files.stream()
            .filter(WalSegments::isSegment)
            .sorted(Comparator.comparing(file -> position(file.getFileName().toString())))
            .toList();
    for (Path file : sorted) {
      long number = number(file.getFileName().toString(), segmentBytes);
      if (number > expected) {
        break;
      }
      if (number == expected) {
        expected++;
      }
      if (number >= expected - 1) {
        last = Optional.of(file);
      }
    }
    return last;
  }
}
