package dev.portcullis.scope;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Counts what the exchanges leave open: promise 4 asks that it is named. */
final class Doubts {
  private static final int PARTIAL_CONTENT = 206;

  private long partial;
  private long partialBytes;
  private long unreadable;
  private long unreadableBytes;
  private long ranges;
  private long broken;
  private long brokenWrites;
  private long blindWrites;
  private long blindWriteBytes;
  private long nameless;

  void add(Exchange exchange) {
    Carried response = exchange.response();
    boolean open = false;
    if (exchange.outcome() instanceof Outcome.Failed(String reason)) {
      broken += exchange.responseBytes() > 0 ? 1 : 0;
      boolean reached = !reason.equals("upstream-refused");
      brokenWrites += reached && !isSafe(exchange.method()) ? 1 : 0;
    } else if (response.observation() == Observation.PARTIAL && carries(exchange)) {
      partial++;
      partialBytes += response.unobserved();
      open = true;
    }
    if (response.observation() == Observation.UNREADABLE && exchange.responseBytes() > 0) {
      unreadable++;
      unreadableBytes +=
          response.unobserved() > 0 ? response.unobserved() : exchange.responseBytes();
      open = true;
    }
    ranges += open && exchange.status() == PARTIAL_CONTENT ? 1 : 0;
    if (response.subjects().isEmpty() && !response.dataClasses().isEmpty()) {
      nameless++;
    }
  }

  /** A write that went through. */
  void addWrite(Exchange exchange) {
    Observation observation = exchange.request().observation();
    if (exchange.requestBytes() > 0
        && (observation == Observation.PARTIAL || observation == Observation.UNREADABLE)) {
      blindWrites++;
      blindWriteBytes +=
          exchange.request().unobserved() > 0
              ? exchange.request().unobserved()
              : exchange.requestBytes();
    }
  }

  /** RFC 9110 section 9.3.2 and 15.4.5: there is no body in the answer. */
  static boolean carries(Exchange exchange) {
    return exchange.status() != 304 && !exchange.method().equals("HEAD");
  }

  /** RFC 9110 section 9.2.1. */
  private static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  void merge(Doubts other) {
    partial += other.partial;
    partialBytes += other.partialBytes;
    unreadable += other.unreadable;
    unreadableBytes += other.unreadableBytes;
    ranges += other.ranges;
    broken += other.broken;
    brokenWrites += other.brokenWrites;
    blindWrites += other.blindWrites;
    blindWriteBytes += other.blindWriteBytes;
    nameless += other.nameless;
  }

  /** Bytes of answers that nobody read for subjects. */
  long unobserved() {
    return partialBytes + unreadableBytes;
  }

  /** In words. */
  List<String> lines(String classes) {
    var lines = new ArrayList<String>();
    name(
        lines,
        partial,
        "hostile answers were read for data subjects only in their first part%s: more subjects may be in them"
            .formatted(unobserved(partialBytes)));
    name(
        lines,
        unreadable,
        "hostile answers could not be read for data subjects (unknown format, or encoded)%s"
            .formatted(unobserved(unreadableBytes)));
    name(lines, ranges, "of these were ranges of a larger answer (206)");
    name(lines, broken, "hostile answers broke off midway: how much of them arrived is not known");
    name(
        lines, brokenWrites, "hostile writes failed midway: whether they took effect is not known");
    name(
        lines,
        blindWrites,
        "hostile writes had a body that was not read whole%s: whose data they changed is not known"
            .formatted(unobserved(blindWriteBytes)));
    name(lines, nameless, "hostile answers carried " + classes + " but named no data subject");
    return lines;
  }

  private static String unobserved(long bytes) {
    return bytes == 0 ? "" : ", unobserved, " + bytes + " bytes";
  }

  private static void name(List<String> lines, long count, String what) {
    if (count > 0) {
      lines.add(count + " " + what);
    }
  }
}
