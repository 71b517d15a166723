package dev.portcullis.analyze;

import dev.portcullis.analyze.Report.FoundIncident;
import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts the report together from what was counted and what was suspected. */
final class ReportMaker {
  private static final int SHARES = 15;
  private static final int POINTS = 240;

  private final List<LogFile> files;
  private final BrokenLines broken;
  private final Counts.Sum counts;
  private final Fold fold;

  ReportMaker(List<LogFile> files, BrokenLines broken, Counts.Sum counts, Fold fold) {
    this.files = files;
    this.broken = broken;
    this.counts = counts;
    this.fold = fold;
  }

  Report report() {
    List<FoundIncident> incidents = incidents();
    Set<String> suspects = new HashSet<>();
    incidents.forEach(incident -> {
      incident.source().ifPresent(suspects::add);
      incident.route().ifPresent(suspects::add);
    });
    counts.timeline.add(fold.hostile());
    boolean any = counts.all.requests > 0;
    return new Report(
        files.stream()
            .map(file ->
                new Report.FileRead(
                    file.name(), file.format().map(format -> format.name()).orElse("empty")))
            .toList(),
        broken.lines(),
        counts.all.requests,
        broken.count(),
        broken.first(),
        any ? Optional.of(instant(counts.all.first)) : Optional.empty(),
        any ? Optional.of(instant(counts.all.last)) : Optional.empty(),
        counts.all.bytes,
        statuses(),
        incidents,
        fold.unassigned(),
        shares(counts.sources.values(), suspects),
        shares(counts.routes.values(), suspects),
        counts.timeline.points(POINTS),
        approximate());
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  private Map<String, Long> statuses() {
    var byHundred = new TreeMap<String, Long>();
    for (int status = 0; status < counts.statuses.length; status++) {
      if (counts.statuses[status] > 0) {
        String name = status < 100 ? "none" : status / 100 + "xx";
        byHundred.merge(name, counts.statuses[status], Long::sum);
      }
    }
    return byHundred;
  }

  private List<String> approximate() {
    var notes = new ArrayList<String>();
    if (counts.forgottenSources > 0) {
      notes.add(
          "more sources than are counted at once ("
              + Words.number(Counts.SOURCES)
              + " a thread): figures of rare sources are too low");
    }
    if (counts.forgottenRoutes > 0) {
      notes.add(
          "more routes than are counted at once ("
              + Words.number(Counts.ROUTES)
              + " a thread): figures of rare routes are too low");
    }
    return notes;
  }

  private static List<Report.Share> shares(Collection<Tally> tallies, Set<String> suspects) {
    return tallies.stream()
        .sorted(
            Comparator.comparingLong((Tally tally) -> tally.requests)
                .reversed()
                .thenComparing(tally -> tally.name))
        .limit(SHARES)
        .map(tally ->
            new Report.Share(
                tally.name,
                tally.requests,
                tally.refused,
                tally.failed,
                tally.bytes,
                suspects.contains(tally.name)))
        .toList();
  }

  private List<FoundIncident> incidents() {
    List<FoundIncident> found =
        fold.suspicions().stream()
            .map(this::incident)
            .sorted(
                Comparator.comparing(FoundIncident::severity)
                    .thenComparing(FoundIncident::succeeded)
                    .thenComparing(incident -> incident.taken().objects())
                    .thenComparing(FoundIncident::signals)
                    .reversed()
                    .thenComparing(FoundIncident::first)
                    .thenComparing(FoundIncident::who))
            .toList();
    var numbered = new ArrayList<FoundIncident>(found.size());
    for (FoundIncident incident : found) {
      numbered.add(Advice.given(incident, numbered.size() + 1));
    }
    return numbered;
  }

  private FoundIncident incident(Suspicion suspicion) {
    Actor actor = suspicion.actor();
    Principals whom = suspicion.worst().principals();
    boolean objects = Kinds.takesObjects(suspicion.detectors()) && actor.taken > 0;
    boolean succeeded =
        objects
            || actor.attacksAnswered > 0
            || actor.loginsAfterFailures > 0
            || suspicion.detectors().contains("credential-theft");
    Severity severity = suspicion.worst().severity();
    return new FoundIncident(
        0,
        Kinds.title(suspicion.detectors(), actor.attacks.keySet(), succeeded),
        who(whom),
        succeeded ? severity : lower(severity),
        succeeded,
        whom.source(),
        whom.credential(),
        whom.account(),
        whom.route(),
        suspicion.first(),
        suspicion.last(),
        suspicion.signals(),
        List.copyOf(suspicion.detectors()),
        List.copyOf(suspicion.owasp()),
        List.copyOf(suspicion.attack()),
        List.copyOf(suspicion.summaries()),
        new Report.Taken(
            objects ? objects(actor) : 0,
            actor.objects.isExact(),
            objects ? actor.taken : 0,
            objects ? actor.bytes : 0,
            objects ? actor.routes(5) : List.of()),
        new Report.Attacks(
            actor.attackRequests,
            actor.attacksAnswered,
            new TreeMap<>(actor.attacks),
            List.copyOf(actor.samples)),
        new Report.Logins(actor.loginFailures, actor.loginsAfterFailures),
        lines(suspicion),
        List.of());
  }

  /** An estimate may be beyond what was answered; then that is nearer. */
  private static long objects(Actor actor) {
    return actor.objects.isExact()
        ? actor.objects.count()
        : Math.min(actor.objects.count(), PathShape.OBJECTS * actor.taken);
  }

  private static String who(Principals whom) {
    return whom.credential()
        .map(id -> "credential " + id)
        .or(() -> whom.source().map(address -> "source " + address))
        .or(() -> whom.route().map(name -> "many sources on " + name))
        .orElse("many sources");
  }

  private List<Report.Line> lines(Suspicion suspicion) {
    boolean attacks = suspicion.detectors().contains("injection");
    List<Long> sequences = attacks ? suspicion.actor().attackLines : suspicion.evidence();
    return sequences.stream()
        .sorted()
        .distinct()
        .map(sequence ->
            new Report.Line(files.get(Evidences.file(sequence)).name(), Evidences.line(sequence)))
        .toList();
  }

  private static Severity lower(Severity severity) {
    return switch (severity) {
      case CRITICAL -> Severity.HIGH;
      case HIGH -> Severity.MEDIUM;
      case MEDIUM, LOW -> Severity.LOW;
    };
  }
}
