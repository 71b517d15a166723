package dev.portcullis.scope.testing;

import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.incident.IncidentState;
import dev.portcullis.incident.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents in memory. */
public final class MemoryIncidents implements IncidentDesk {
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<String, List<Signal>> signals = new LinkedHashMap<>();
  private final Map<String, List<TimelineEntry>> timelines = new LinkedHashMap<>();

  /** An incident with these signals, oldest first. */
  public Incident open(String id, Signal... raised) {
    List<Signal> all = List.of(raised);
    var incident =
        new Incident(
            id,
            IncidentState.DETECTED,
            all.getFirst().severity(),
            all.getFirst().summary(),
            all.getFirst().at(),
            all.getFirst().at(),
            all.getFirst().principals(),
            all.stream().map(Signal::detector).distinct().toList(),
            all.stream().map(Signal::id).toList());
    incidents.put(id, incident);
    signals.put(id, all);
    return incident;
  }

  @Override
  public Acceptance accept(Signal signal) {
    throw new UnsupportedOperationException("signals are given to open");
  }

  @Override
  public List<Incident> list() {
    return List.copyOf(incidents.values()).reversed();
  }

  @Override
  public Optional<Incident> find(String id) {
    return Optional.ofNullable(incidents.get(id));
  }

  @Override
  public List<Signal> signals(String id) {
    return signals.getOrDefault(id, List.of());
  }

  @Override
  public synchronized List<TimelineEntry> timeline(String id) {
    return List.copyOf(timelines.getOrDefault(id, List.of()));
  }

  @Override
  public synchronized void record(String id, Instant at, String author, String kind, String text) {
    List<TimelineEntry> timeline = timelines.computeIfAbsent(id, each -> new ArrayList<>());
    timeline.add(new TimelineEntry(timeline.size() + 1, at, author, kind, text));
  }

  @Override
  public Incident transition(String id, IncidentState to, String author, String reason) {
    throw new UnsupportedOperationException("nothing under test moves an incident");
  }

  @Override
  public Incident close(String id, String author, String reason) {
    return transition(id, IncidentState.CLOSED, author, reason);
  }
}
