package dev.portcullis.analyze;

import java.util.List;

/**
 * What one piece of a file had to say.
 *
 * @param lines in it
 * @param events in the order of lines
 * @param broken lines of it that were not understood
 * @param samples the first few of these
 */
record Batch(int lines, List<Event> events, long broken, List<Sample> samples) {
  /**
   * A line that was not understood.
   *
   * @param line within the piece, from 0
   * @param text its beginning, made visible
   */
  record Sample(int line, String text) {}
}
