package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.util.List;
import java.util.Optional;

/**
 * Much at once: one credential takes far more data subjects per time out of a route than is usual
 * there (OWASP API4:2023, ATT&amp;CK T1213 Data from Information Repositories). What leaves is
 * counted, not how often it was asked for.
 *
 * <p><b>Sees</b>, per credential (per source on anonymous routes) and route: distinct subjects in
 * the window, whether one at a time or in lists, against the median of the others' recent windows
 * there, and against what is usual for this credential there, so that a nightly export falls silent
 * once it is known.
 *
 * <p><b>Misses</b>: what stays below the minimum per window for hours; many credentials with a
 * little each; a thief with an export's own key who takes no more than the export does; and
 * responses of which the subjects could not be read.
 */
final class BulkExfiltration implements Detector<BulkExfiltration.Taking, Peers> {
  private final DetectorSettings.BulkExfiltration settings;
  private final Raise raise;

  BulkExfiltration(DetectorSettings.BulkExfiltration settings) {
    this.settings = settings;
    raise = new Raise(name(), "API4:2023", "T1213");
  }

  /** What one credential took from one route. */
  static final class Taking {
    private final DistinctWindow subjects;
    private final Evidence evidence = new Evidence();
    private final Habit habit;
    private final Quiet quiet;
    private long last = Long.MIN_VALUE;

    Taking(DetectorSettings.BulkExfiltration settings) {
      subjects = new DistinctWindow(settings.window());
      habit = new Habit(settings.window());
      quiet = new Quiet(settings.window());
    }
  }

  @Override
  public String name() {
    return "bulk-exfiltration";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    return exchange.subjects().isEmpty() || exchange.outcome() instanceof Outcome.Refused
        ? Optional.empty()
        : Optional.of(who(exchange) + " " + exchange.route().orElse(""));
  }

  private static String who(Exchange exchange) {
    return exchange
        .credential()
        .map(id -> "credential:" + id)
        .orElse("source:" + exchange.source());
  }

  @Override
  public String cohort(JournalEntry entry) {
    return entry.exchange().route().orElse("");
  }

  @Override
  public Taking initial() {
    return new Taking(settings);
  }

  @Override
  public Peers initialCohort() {
    return new Peers();
  }

  @Override
  public int weight(Taking state) {
    return state.subjects.size() + state.evidence.size() + 4;
  }

  @Override
  public List<Signal> fold(Taking taking, Peers peers, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    taking.last = Math.max(taking.last, exchange.at().toEpochMilli());
    long now = taking.last;
    long since = now - settings.window().toMillis();
    long key = Hashes.of(who(exchange));
    peers.add(key, taking.habit.advance(now));

    int fresh = 0;
    for (Pseudonym subject : exchange.subjects()) {
      fresh += taking.subjects.add(now, Hashes.of(subject.value())) ? 1 : 0;
    }
    taking.evidence.forgetBefore(since);
    if (fresh > 0) {
      taking.evidence.add(
          new Sighting(
              now, entry.sequence(), exchange.source(), exchange.route().orElse(""), fresh));
    }
    double count = taking.subjects.at(now);
    taking.habit.reached(count);
    double usual = Math.max(peers.medianOfOthers(key), taking.habit.level(now));
    double threshold = Math.max(settings.minimum(), settings.factor() * usual);
    if (count < threshold || !taking.quiet.allows(now, count)) {
      return List.of();
    }
    taking.quiet.raised(now, count);
    taking.habit.raised();
    return List.of(signal(taking, entry, count, threshold, since));
  }

  private Signal signal(
      Taking taking, JournalEntry entry, double count, double threshold, long since) {
    Exchange exchange = entry.exchange();
    Optional<String> source = taking.evidence.source(since);
    String summary =
        "%s took %.0f data subjects from %s within %s (%.0f are usual at most)%s"
            .formatted(
                exchange.credential().map(id -> "Credential " + id).orElse("An anonymous client"),
                count,
                exchange.route().map(name -> "route " + name).orElse("no route"),
                Words.of(settings.window()),
                threshold,
                source.map(from -> ", all from " + from).orElse(", from several sources"));
    return raise.signal(
        who(exchange) + " " + exchange.route().orElse(""),
        entry,
        count >= 4 * threshold ? Severity.CRITICAL : Severity.HIGH,
        Raise.confidence(count, threshold),
        new Principals(exchange.credential(), exchange.account(), source, exchange.route()),
        summary,
        taking.evidence.since(since));
  }
}
