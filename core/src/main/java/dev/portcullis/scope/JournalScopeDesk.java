package dev.portcullis.scope;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalHealth;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Determines scopes by reading the whole journal, one entry at a time. What is hostile follows from
 * the incident's signals alone ({@link Criteria}); what stands near it is named, not guessed
 * ({@link Sightings}).
 */
public final class JournalScopeDesk implements ScopeDesk {
  private static final String CLASSES =
      "A data class counts for every data subject named in a response that carried the class";

  private final Journal journal;
  private final IncidentDesk incidents;
  private final Configuration configuration;
  private final ScopeStore scopes;
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
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public Scope determine(Incident incident) {
    var criteria = new Criteria(incidents.signals(incident.id()));
    var tally = new Tally(limits);
    var sightings = new Sightings(criteria, limits);
    Reading reading =
        read(
            Long.MAX_VALUE,
            entry -> {
              if (criteria.isHostile(entry)) {
                tally.add(entry);
              } else {
                sightings.see(entry.exchange());
              }
            });
    // Without a hostile exchange there is no beginning: every sighting stays ordinary use.
    Instant breach = tally.first().orElse(Instant.MAX);
    var unknown = new ArrayList<String>(criteria.unknown());
    unknown.addAll(tally.unknown());
    unknown.addAll(reading.unknown());
    if (sightings.needsCounting(breach)) {
      read(
          reading.end(),
          entry -> {
            if (!criteria.isHostile(entry)) {
              sightings.count(entry.exchange(), breach);
            }
          });
    }
    unknown.addAll(sightings.open(breach));
    var words = new ArrayList<String>(criteria.words());
    words.add(CLASSES);
    words.addAll(sightings.excluded(breach));
    var scope =
        new Scope(
            incident.id(),
            clock.instant(),
            reading.end(),
            tally.first(),
            tally.lastAnswered(),
            tally.exchanges(),
            tally.refused(),
            tally.bytes(),
            Collections.unmodifiableMap(tally.routes()),
            upstreams(tally.routes().keySet(), unknown),
            Collections.unmodifiableMap(tally.dataClasses()),
            tally.subjects(),
            tally.writes(),
            List.copyOf(words),
            List.copyOf(unknown));
    scopes.add(scope);
    return scope;
  }

  @Override
  public Optional<Scope> last(String incident) {
    return scopes.last(incident);
  }

  /** Earlier determinations too, newest first. */
  public List<Scope> history(String incident, int limit) {
    return scopes.newest(incident, limit);
  }

  private Set<String> upstreams(Set<String> routes, List<String> unknown) {
    var upstreams = new TreeSet<String>();
    for (String name : routes) {
      Optional<RouteSettings> route = configuration.route(name);
      route.ifPresent(each -> upstreams.add(each.upstream()));
      if (route.isEmpty()) {
        unknown.add(
            "Route " + name + " is no longer configured: which upstream it reached is not known");
      }
    }
    return Collections.unmodifiableSet(upstreams);
  }

  /**
   * What one reading found out about the journal itself.
   *
   * @param end the sequence after the last one read
   */
  private record Reading(long end, List<String> unknown) {}

  private Reading read(long before, Consumer<JournalEntry> visitor) {
    var unknown = new ArrayList<String>();
    long next = 0;
    long missing = 0;
    long expectedEnd = Math.min(before, journal.end());
    try (JournalReader reader = journal.read(0)) {
      while (next < before && reader.hasNext()) {
        JournalEntry entry = reader.next();
        missing += entry.sequence() - next;
        next = entry.sequence() + 1;
        visitor.accept(entry);
      }
    } catch (JournalException e) {
      unknown.add("The journal cannot be read from sequence " + next + " on: " + e.getMessage());
    }
    if (unknown.isEmpty() && next < expectedEnd) {
      unknown.add(
          "The journal ends at sequence %d, expected %d: the exchanges between are not counted"
              .formatted(next, expectedEnd));
    }
    if (missing > 0) {
      unknown.add("The journal has gaps: " + missing + " exchanges are missing from it");
    }
    JournalHealth health = journal.health();
    if (health.lost() > 0) {
      unknown.add(
          health.lost()
              + " exchanges were not recorded since the gateway was started: hostile ones may be among them");
    }
    health
        .failure()
        .ifPresent(failure -> unknown.add("The journal does not record now: " + failure));
    return new Reading(next, unknown);
  }
}
