package dev.portcullis.app;

import dev.portcullis.incident.Hold;
import dev.portcullis.incident.HoldDesk;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.journal.Journal;
import dev.portcullis.recover.Breaches;
import dev.portcullis.scope.Scope;
import dev.portcullis.scope.ScopeDesk;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When the breaches began that a restore may still be needed for: of open and of held incidents.
 */
final class OpenBreaches implements Breaches {
  private final IncidentDesk incidents;
  private final HoldDesk holds;
  private final ScopeDesk scopes;
  private final Journal journal;

  OpenBreaches(IncidentDesk incidents, HoldDesk holds, ScopeDesk scopes, Journal journal) {
    this.incidents = incidents;
    this.holds = holds;
    this.scopes = scopes;
    this.journal = journal;
  }

  @Override
  public List<Instant> beginnings() {
    Set<String> needed = holds.inForce().stream().map(Hold::incident).collect(Collectors.toSet());
    var ids = new HashSet<>(needed);
    incidents.list().stream()
        .filter(incident -> !incident.state().isOver())
        .forEach(incident -> ids.add(incident.id()));
    return ids.stream().flatMap(id -> incidents.find(id).stream()).map(this::beginning).toList();
  }

  /** By the scope; before there is one, by the earliest exchange that raised a signal. */
  private Instant beginning(Incident incident) {
    return scopes
        .last(incident.id())
        .flatMap(Scope::firstHostile)
        .orElseGet(() ->
            incidents.signals(incident.id()).stream()
                .flatMap(signal -> signal.evidence().stream())
                .min(Long::compare)
                .map(this::at)
                .filter(incident.detectedAt()::isAfter)
                .orElse(incident.detectedAt()));
  }

  private Instant at(long sequence) {
    try (var reader = journal.read(sequence)) {
      return reader.hasNext() ? reader.next().exchange().at() : Instant.MAX;
    }
  }
}
