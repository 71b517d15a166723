package dev.portcullis.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.portcullis.incident.Incident;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.RestoreReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the story came to, as one line of JSON tells it.
 *
 * @param detectedAfterRequests the attacker's requests up to the one that raised the signal
 * @param containedAfterMs from that request's completion to the first refusal
 * @param requestsServedAfterOrder must be 0
 * @param noticesSent taken by the mail server, and found there
 */
record DemoResult(
    String incident,
    long detectedAfterRequests,
    double containedAfterMs,
    long requestsServedAfterOrder,
    ScopeFound scope,
    Set<String> dataClasses,
    List<Due> obligations,
    long noticesSent,
    Restored restore,
    boolean journalVerified,
    boolean postMortem,
    List<String> failures) {

  /**
   * The scope beside what the sample API itself knows that it gave away.
   *
   * @param precision share of the found that were given away
   * @param recall share of the given away that were found
   */
  record ScopeFound(int subjects, int trueSubjects, double precision, double recall) {}

  record Due(String id, Optional<Instant> due) {}

  record Restored(double rpoSeconds, double rtoSeconds, boolean verified) {}

  static DemoResult of(
      DemoWorld world, Incident incident, Optional<Instant> orderInForce, boolean verified) {
    var facades = world.node().facades();
    var hostile = hostile(world);
    long raising =
        facades.incidents().signals(incident.id()).stream()
            .findFirst()
            .map(signal -> signal.evidence().getLast())
            .orElse(-1L);
    var scope = facades.scopes().determine(incident);
    var found = new TreeSet<String>();
    scope
        .subjects()
        .forEach(subject -> found.add(facades.pseudonyms().reveal(subject).text(subject)));
    var scopeFound = compare(found, world.clinic().patientsGivenTo(Demo.ATTACKER));
    var due =
        facades.obligations().clocks(incident.id()).stream()
            .filter(clock -> clock.state() != Clock.State.NOT_APPLICABLE)
            .map(clock -> new Due(clock.rule(), clock.due()))
            .toList();
    long sent =
        facades.notices().list(incident.id()).stream()
            .filter(notice -> notice.sent().isPresent())
            .count();
    var restore =
        facades.recovery().reports(incident.id()).stream()
            .findFirst()
            .map(DemoResult::restored)
            .orElse(new Restored(-1, -1, false));
    boolean postMortem = facades.reviews().last(incident.id()).isPresent();
    long after = servedAfter(hostile, orderInForce);
    var failures = new ArrayList<String>();
    require(failures, raising >= 0, "no signal");
    require(failures, world.attacker().firstRefusal().isPresent(), "the attacker was not refused");
    require(failures, after == 0, "requests were served after the order");
    require(
        failures,
        scopeFound.precision() == 1
            && scopeFound.trueSubjects() - scopeFound.subjects() <= underWayWhenKilled(world),
        "the scope is not exact");
    require(failures, due.stream().anyMatch(each -> each.id().equals("gdpr-33")), "no GDPR clock");
    require(failures, sent > 0 && world.messages().size() >= sent, "no notice arrived");
    require(failures, restore.verified(), "no verified restore");
    require(failures, verified, "the journal is not verified");
    require(failures, postMortem, "no post-mortem");
    return new DemoResult(
        incident.id(),
        hostile.stream().filter(entry -> entry.sequence() <= raising).count(),
        containedAfter(hostile, raising),
        after,
        scopeFound,
        new TreeSet<>(scope.dataClasses().keySet()),
        due,
        sent,
        restore,
        verified,
        postMortem,
        List.copyOf(failures));
  }

  /**
   * A request may have been in the gate when an earlier run was killed: the sample API had answered
   * it, and the attacker got nothing.
   */
  private static int underWayWhenKilled(DemoWorld world) {
    return world.isResumed() ? 1 : 0;
  }

  private static void require(List<String> failures, boolean condition, String failure) {
    if (!condition) {
      failures.add(failure);
    }
  }

  private static List<JournalEntry> hostile(DemoWorld world) {
    var found = new ArrayList<JournalEntry>();
    try (var reader = world.node().facades().journal().read(0)) {
      while (reader.hasNext()) {
        JournalEntry entry = reader.next();
        if (entry.exchange().source().equals(Demo.ATTACKER)) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  private static boolean isRefusal(JournalEntry entry) {
    return entry.exchange().outcome() instanceof Outcome.Refused(String control, String reason)
        && control.equals("containment");
  }

  private static double containedAfter(List<JournalEntry> hostile, long raising) {
    Optional<Instant> completed =
        hostile.stream()
            .filter(entry -> entry.sequence() == raising)
            .findFirst()
            .map(entry -> entry.exchange().at().plus(entry.exchange().duration()));
    Optional<Instant> refused =
        hostile.stream()
            .filter(DemoResult::isRefusal)
            .findFirst()
            .map(entry -> entry.exchange().at().plus(entry.exchange().duration()));
    return completed.isPresent() && refused.isPresent()
        ? Duration.between(completed.get(), refused.get()).toNanos() / 1e6
        : -1;
  }

  /**
   * Counted by two measures, of which the larger is told: after the order was acknowledged, and
   * after a refusal.
   */
  private static long servedAfter(List<JournalEntry> hostile, Optional<Instant> inForce) {
    long firstRefusal =
        hostile.stream()
            .filter(DemoResult::isRefusal)
            .mapToLong(JournalEntry::sequence)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return hostile.stream()
        .filter(entry -> entry.exchange().outcome() instanceof Outcome.Forwarded)
        .filter(entry ->
            entry.sequence() > firstRefusal
                || inForce.map(at -> entry.exchange().at().isAfter(at)).orElse(false))
        .count();
  }

  private static ScopeFound compare(Set<String> found, Set<String> given) {
    long both = found.stream().filter(given::contains).count();
    return new ScopeFound(
        found.size(),
        given.size(),
        found.isEmpty() ? 0 : (double) both / found.size(),
        given.isEmpty() ? 0 : (double) both / given.size());
  }

  private static Restored restored(RestoreReport report) {
    return new Restored(
        report.recoveryPoint().toMillis() / 1_000.0,
        report.recoveryTime().toMillis() / 1_000.0,
        report.verified());
  }

  @JsonIgnore
  boolean isComplete() {
    return failures.isEmpty();
  }

  /** For people. */
  List<String> sentences() {
    return List.of(
        String.format(
            Locale.ROOT,
            "  Noticed after %d requests, contained %.0f ms later; %d requests served after that.",
            detectedAfterRequests,
            containedAfterMs,
            requestsServedAfterOrder),
        String.format(
            Locale.ROOT,
            "  %d people's data went out (%s). The sample API itself says %d: precision %.2f,"
                + " recall %.2f.",
            scope.subjects(),
            String.join(", ", dataClasses),
            scope.trueSubjects(),
            scope.precision(),
            scope.recall()),
        "  Clocks: "
            + obligations.stream()
                .map(each ->
                    each.id() + each.due().map(due -> " due " + due).orElse(" without delay"))
                .toList(),
        String.format(Locale.ROOT, "  Notices sent and received: %d.", noticesSent),
        String.format(
            Locale.ROOT,
            "  Database brought back: RPO %.1f s, RTO %.1f s, %s.",
            restore.rpoSeconds(),
            restore.rtoSeconds(),
            restore.verified() ? "verified by content" : "NOT verified"),
        "  The record is " + (journalVerified ? "whole and signed." : "NOT verified."));
  }
}
