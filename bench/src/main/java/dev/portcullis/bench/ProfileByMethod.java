package dev.portcullis.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reads a flight recording's CPU time samples and prints, for the methods of this project, in what
 * share of the samples they were somewhere on the stack (inclusive), and in what share they were
 * the nearest of ours to the top (own, with the libraries and system calls they called). Runs as a
 * source file.
 */
final class ProfileByMethod {
  private static final String OURS = "dev.portcullis.";
  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final int MOST_LINES = 45;

  private final Map<String, Integer> inclusive = new HashMap<>();
  private final Map<String, Integer> own = new HashMap<>();
  private int samples;

  private ProfileByMethod() {}

  /** Prints the profile in the recording that the one argument names. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException(
          arguments.length + " arguments (expected: one, a flight recording's file)");
    }
    var profile = new ProfileByMethod();
    try (var recording = new RecordingFile(Path.of(arguments[0]))) {
      while (recording.hasMoreEvents()) {
        profile.count(recording.readEvent());
      }
    }
    profile.print();
  }

  private void count(RecordedEvent event) {
    if (!event.getEventType().getName().equals(SAMPLE) || event.getStackTrace() == null) {
      return;
    }
    samples++;
    var seen = new HashSet<String>();
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      if (!type.startsWith(OURS)) {
        continue;
      }
      String method = type.substring(OURS.length()) + "." + frame.getMethod().getName();
      if (seen.isEmpty()) {
        own.merge(method, 1, Integer::sum);
      }
      if (seen.add(method)) {
        inclusive.merge(method, 1, Integer::sum);
      }
    }
  }

  private void print() {
    System.out.printf("%d CPU time samples%n%9s %7s%n", samples, "inclusive", "own");
    inclusive.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_LINES)
        .forEach(entry ->
            System.out.printf(
                "%7.1f %% %5.1f %%  %s%n",
                100.0 * entry.getValue() / samples,
                100.0 * own.getOrDefault(entry.getKey(), 0) / samples,
                entry.getKey()));
  }
}
