package dev.portcullis.scope;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalHealth;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Determines scopes from the journal ({@link Determination}). What is hostile follows from the
 * incident's signals and from the pivots that a person accepted ({@link Criteria}); what stands
 * near it is proposed, never merged silently ({@link Edges}).
 */
public final class JournalScopeDesk implements ScopeDesk, PivotDesk {
  /** Exchanges that a refresh looks at before it rather determines the scope anew. */
  private static final long REFRESH_READS = 200_000;

  private static final int MAX_REASON = 2_000;

  private final Journal journal;
  private final IncidentDesk incidents;
  private final Configuration configuration;
  private final ScopeStore scopes;
  private final PivotStore pivots;
  private final InstantSource clock;
  private final ScopeLimits limits;

  /** Over these parts; owns none of them. */
  public JournalScopeDesk(
      Journal journal,
      IncidentDesk incidents,
      Configuration configuration,
      Store store,
      InstantSource clock) {
    this(journal, incidents, configuration, store, clock, ScopeLimits.DEFAULT);
  }

  JournalScopeDesk(
      Journal journal,
      IncidentDesk incidents,
      Configuration configuration,
      Store store,
      InstantSource clock,
      ScopeLimits limits) {
    this.journal = journal;
    this.incidents = incidents;
    this.configuration = configuration;
    this.scopes = new ScopeStore(store);
    this.pivots = new PivotStore(store);
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public Scope determine(Incident incident) {
    String id = incident.id();
    Scope scope = determine(id, criteria(id), proposed -> pivots.propose(id, proposed));
    scopes.add(scope);
    return scope;
  }

  /** What is hostile in an incident: by its signals, and by what a person accepted. */
  public Criteria criteria(String incident) {
    return new Criteria(incidents.signals(incident), pivots.list(incident));
  }

  private Scope determine(String id, Criteria criteria, UnaryOperator<List<Pivot>> naming) {
    Scope scope =
        Determination.of(
            id,
            clock.instant(),
            criteria,
            Determination.Records.of(journal),
            limits,
            naming,
            route -> configuration.route(route).map(RouteSettings::upstream));
    return scope.withUnknown(journalTrouble());
  }

  @Override
  public Scope ask(Question question) {
    return determine(Scope.AD_HOC, Criteria.of(question), JournalScopeDesk::numbered);
  }

  private static List<Pivot> numbered(List<Pivot> proposed) {
    var named = new ArrayList<Pivot>();
    proposed.forEach(each -> named.add(each.decided("P" + (named.size() + 1), Optional.empty())));
    return named;
  }

  @Override
  public Optional<Scope> last(String incident) {
    return scopes.last(incident);
  }

  /** Earlier determinations too, newest first. */
  public List<Scope> history(String incident, int limit) {
    return scopes.newest(incident, limit);
  }

  @Override
  public List<Pivot> pivots(String incident) {
    return pivots.list(incident);
  }

  @Override
  public Scope decide(
      Incident incident, String pivot, boolean accepted, String author, String reason) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "A reason of %d characters (expected: 1 to %d); say why %s %s"
              .formatted(
                  reason.length(), MAX_REASON, pivot, accepted ? "belongs" : "does not belong"));
    }
    if (author.isBlank() || author.equals(TimelineEntry.MACHINE)) {
      throw new IllegalArgumentException(
          "A pivot is decided on by a person only (found: author '%s')".formatted(author));
    }
    Instant now = clock.instant();
    Pivot decided =
        pivots.decide(incident.id(), pivot, new Pivot.Decision(accepted, author, now, reason));
    incidents.record(
        incident.id(),
        now,
        author,
        "scope",
        "Pivot %s %s (%d uses with %s, strength %.2f): %s"
            .formatted(
                pivot,
                accepted ? "accepted: it belongs to the breach" : "rejected: it does not belong",
                decided.uses(),
                decided.shared(),
                decided.strength(),
                reason));
    return determine(incident);
  }

  @Override
  public boolean refresh(Incident incident) {
    Optional<Scope> last = last(incident.id());
    if (last.isEmpty() || !hasNews(incident.id(), last.get().journalEnd())) {
      return false;
    }
    determine(incident);
    return true;
  }

  private boolean hasNews(String incident, long since) {
    long end = journal.end();
    if (end <= since) {
      return false;
    }
    if (end - since > REFRESH_READS) {
      return true;
    }
    Criteria criteria = criteria(incident);
    try (JournalReader reader = journal.read(since)) {
      while (reader.hasNext()) {
        JournalEntry entry = reader.next();
        if (criteria.isHostile(entry)) {
          return true;
        }
      }
    } catch (JournalException e) {
      return true; // The determination names what can't be read.
    }
    return false;
  }

  private List<String> journalTrouble() {
    var unknown = new ArrayList<String>();
    JournalHealth health = journal.health();
    if (health.lost() > 0) {
      unknown.add(
          health.lost()
              + " exchanges were not recorded since the gateway was started: hostile ones may be among them");
    }
    health
        .failure()
        .ifPresent(failure -> unknown.add("The journal does not record now: " + failure));
    try (JournalReader reader = journal.read(0)) {
      long first = reader.hasNext() ? reader.next().sequence() : 0;
      if (first > 0) {
        unknown.add(
            "The journal begins at sequence %d: %d earlier exchanges are no longer kept"
                .formatted(first, first));
      }
    } catch (JournalException e) {
      unknown.add("The journal cannot be read from its beginning: " + e.getMessage());
    }
    return unknown;
  }
}
