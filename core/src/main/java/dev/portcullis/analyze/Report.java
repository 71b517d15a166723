package dev.portcullis.analyze;

import dev.portcullis.detect.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an analysis found. All texts out of the log are visible characters only, and cut.
 *
 * @param files in the order of their first requests
 * @param lines read
 * @param requests understood
 * @param brokenLines that no request could be read from
 * @param broken the first few of them
 * @param first request's time
 * @param last request's time
 * @param responseBytes sent in all
 * @param statuses requests by hundred, such as {@code 4xx}
 * @param incidents the gravest first
 * @param signalsBeyond signals about others when there were too many to tell apart
 * @param sources with most requests, with how much they got
 * @param routes with most requests
 * @param timeline evenly spaced
 * @param approximate what was forgotten because there was too much of it; empty: nothing
 */
public record Report(
    List<FileRead> files,
    long lines,
    long requests,
    long brokenLines,
    List<BrokenLine> broken,
    Optional<Instant> first,
    Optional<Instant> last,
    long responseBytes,
    Map<String, Long> statuses,
    List<FoundIncident> incidents,
    long signalsBeyond,
    List<Share> sources,
    List<Share> routes,
    List<Point> timeline,
    List<String> approximate) {

  /** A file and the format it is in. */
  public record FileRead(String name, String format) {}

  /**
   * A line that was not understood.
   *
   * @param line from 1
   * @param text its beginning
   */
  public record BrokenLine(String file, long line, String text) {}

  /** A source's or route's part of all. */
  public record Share(
      String name, long requests, long refused, long failed, long bytes, boolean suspected) {}

  /** Requests, answers of 400 and more, and hostile requests from then on until the next point. */
  public record Point(Instant at, long requests, long errors, long hostile) {}

  /** A line of a file, from 1. */
  public record Line(String file, long line) {}

  /**
   * An attack's request.
   *
   * @param request method, target and status
   * @param rule that it matched
   * @param location such as {@code query:q}
   */
  public record Sample(String request, String rule, String location, int status) {}

  /**
   * What was probably taken.
   *
   * @param objects distinct ones whose requests were answered with success
   * @param exact whether they were counted and not estimated (some 3 %)
   * @param answers that named objects
   * @param bytes of these answers
   * @param routes most used first
   */
  public record Taken(long objects, boolean exact, long answers, long bytes, List<String> routes) {}

  /**
   * Injected code.
   *
   * @param requests with some
   * @param answered of them, with success
   * @param classes requests by class
   * @param samples different ones
   */
  public record Attacks(
      long requests, long answered, Map<String, Long> classes, List<Sample> samples) {}

  /**
   * Log-ins.
   *
   * @param failed of them
   * @param succeeded after ten had failed
   */
  public record Logins(long failed, long succeeded) {}

  /**
   * Signals about the same one.
   *
   * @param number from 1, the gravest first
   * @param title what happened, in a few words
   * @param who source, credential or route
   * @param severity of the gravest signal; one step less if nothing was answered with success
   * @param succeeded whether something was answered with success
   * @param source if one is known
   * @param credential if one is known
   * @param account if one is known
   * @param route where most of it happened, if there is one
   * @param summaries of signals
   * @param evidence the first lines that speak for it
   * @param advice what to do now
   */
  public record FoundIncident(
      int number,
      String title,
      String who,
      Severity severity,
      boolean succeeded,
      Optional<String> source,
      Optional<String> credential,
      Optional<String> account,
      Optional<String> route,
      Instant first,
      Instant last,
      long signals,
      List<String> detectors,
      List<String> owasp,
      List<String> attack,
      List<String> summaries,
      Taken taken,
      Attacks attacks,
      Logins logins,
      List<Line> evidence,
      List<String> advice) {}

  /** Whether something was found. */
  public boolean isSuspicious() {
    return !incidents.isEmpty();
  }
}
