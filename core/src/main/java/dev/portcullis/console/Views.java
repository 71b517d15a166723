package dev.portcullis.console;

import dev.portcullis.api.Facades;
import dev.portcullis.api.Json;
import dev.portcullis.console.NowView.Station;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentState;
import dev.portcullis.notify.Notice;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.RecoveryException;
import dev.portcullis.recover.RecoveryPoint;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Order;
import dev.portcullis.scope.Scope;
import dev.portcullis.telemetry.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the pages show, gathered from the facades. Blocking. */
final class Views {
  private static final int CHART_SECONDS = 120;
  private static final int SIGNALS = 8;

  private final Facades facades;

  Views(Facades facades) {
    this.facades = facades;
  }

  /**
   * What a viewer looks at.
   *
   * @param incident its id; empty for the page Now
   */
  record Topic(String incident) {
    static final Topic NOW = new Topic("");
  }

  /** The events of a topic: name to what is sent. */
  Map<String, String> events(Topic topic, Pages pages) {
    var events = new LinkedHashMap<String, String>();
    if (topic.equals(Topic.NOW)) {
      events.put("traffic", traffic());
      events.put("now", pages.render("nowLive", Map.of("view", now())));
    } else {
      incident(topic.incident())
          .ifPresent(
              view -> events.put("incident", pages.render("incidentLive", Map.of("view", view))));
    }
    return events;
  }

  NowView now() {
    var now = facades.clock().instant();
    var incidents = facades.incidents().list();
    var open = incidents.stream().filter(Views::isOpen).toList();
    return new NowView(
        facades.configuration().node().name(),
        facades.journal().health().failure().orElse(""),
        facades.traffic().totals(),
        facades.journal().end(),
        open,
        open.stream().findFirst().map(incident -> story(incident.id())).orElse(List.of()),
        facades.containment().list().stream().filter(order -> order.isInForce(now)).toList(),
        open.stream()
            .flatMap(incident -> facades.obligations().clocks(incident.id()).stream())
            .filter(clock -> clock.state() != Clock.State.NOT_APPLICABLE)
            .sorted(Comparator.comparing(clock -> clock.due().orElse(Instant.MAX)))
            .toList(),
        facades.configuration().assets().stream()
            .map(asset -> {
              var points = points(asset.name());
              return new NowView.AssetRow(
                  asset.name(),
                  points.size(),
                  points.stream().findFirst(),
                  asset.recoveryTime(),
                  asset.recoveryPoint());
            })
            .toList(),
        facades.recovery().reports().stream().findFirst(),
        recentSignals(incidents));
  }

  Optional<IncidentView> incident(String id) {
    return facades.incidents().find(id).map(this::view);
  }

  private IncidentView view(Incident incident) {
    String id = incident.id();
    var scope = facades.scopes().last(id);
    var clocks = facades.obligations().clocks(id);
    var notices = facades.notices().list(id);
    return new IncidentView(
        incident,
        !isOpen(incident),
        summary(incident, scope),
        next(incident, clocks, notices),
        story(id),
        facades.incidents().signals(id),
        facades.incidents().timeline(id),
        scope,
        orders(id),
        orders(id).stream()
            .filter(order -> order.isInForce(facades.clock().instant()))
            .map(Order::id)
            .collect(Collectors.toSet()),
        clocks,
        notices,
        restores(id),
        facades.reviews().last(id));
  }

  private List<RecoveryPoint> points(String asset) {
    try {
      return facades.recovery().points(asset);
    } catch (RecoveryException e) {
      // a destination that can't be read must not take the page away; it shows no points
      return List.of();
    }
  }

  private static boolean isOpen(Incident incident) {
    return incident.state() != IncidentState.CLOSED && incident.state() != IncidentState.DISMISSED;
  }

  private List<Signal> recentSignals(List<Incident> incidents) {
    return incidents.stream()
        .limit(SIGNALS)
        .flatMap(incident -> facades.incidents().signals(incident.id()).reversed().stream())
        .limit(SIGNALS)
        .toList();
  }

  private List<Order> orders(String incident) {
    return facades.containment().list().stream()
        .filter(order -> order.incident().equals(Optional.of(incident)))
        .toList();
  }

  private List<RestoreReport> restores(String incident) {
    return facades.recovery().reports().stream()
        .filter(report -> report.incident().equals(Optional.of(incident)))
        .toList();
  }

  private List<Station> story(String id) {
    var stations = new ArrayList<Station>();
    var signals = facades.incidents().signals(id);
    stations.add(
        new Station(
            "Signal", !signals.isEmpty(), signals.isEmpty() ? "" : signals.getFirst().detector()));
    stations.add(new Station("Incident", true, id));
    var orders = orders(id);
    stations.add(
        new Station(
            "Contained",
            orders.stream().anyMatch(order -> order.isInForce(facades.clock().instant())),
            orders.stream()
                .findFirst()
                .map(order -> Words.kind(order.kind()) + " " + order.target())
                .orElse("")));
    var scope = facades.scopes().last(id);
    stations.add(
        new Station(
            "Scope",
            scope.isPresent(),
            scope.map(found -> found.subjects().size() + " people").orElse("")));
    var clocks = facades.obligations().clocks(id);
    stations.add(
        new Station(
            "Clock",
            clocks.stream().anyMatch(clock -> clock.due().isPresent()),
            clocks.stream()
                .filter(clock -> clock.due().isPresent())
                .findFirst()
                .map(Clock::rule)
                .orElse("")));
    var notices = facades.notices().list(id);
    long sent = notices.stream().filter(notice -> notice.state() == Notice.State.SENT).count();
    stations.add(
        new Station(
            "Notice", sent > 0, notices.isEmpty() ? "" : sent + " of " + notices.size() + " sent"));
    var restores = restores(id);
    stations.add(
        new Station(
            "Restored",
            restores.stream().anyMatch(report -> report.live() && report.verified()),
            restores.stream()
                .findFirst()
                .map(report -> "RTO " + Words.duration(report.recoveryTime()))
                .orElse("")));
    stations.add(
        new Station(
            "Post-mortem",
            facades.reviews().last(id).isPresent(),
            facades.reviews().last(id).isPresent() ? "draft" : ""));
    return stations;
  }

  private static String summary(Incident incident, Optional<Scope> scope) {
    return scope
        .map(found ->
            "Personal data of %d people went out in %d answers%s. %d further requests were refused.%s"
                .formatted(
                    found.subjects().size(),
                    found.exchanges(),
                    found.writes().isEmpty()
                        ? ""
                        : ", and " + found.writes().size() + " records were altered",
                    found.refused(),
                    found.unknown().isEmpty()
                        ? " The scope is exact."
                        : " Some things are not known; they are named below."))
        .orElse(incident.title() + ". The scope is being determined.");
  }

  private static List<String> next(Incident incident, List<Clock> clocks, List<Notice> notices) {
    var next = new ArrayList<String>();
    notices.stream()
        .filter(notice -> notice.state() == Notice.State.DRAFT)
        .forEach(notice ->
            next.add(
                notice.email().isEmpty()
                    ? "Tell " + notice.recipient() + " by hand: " + notice.id() + " has no address"
                    : "Read and approve " + notice.id() + " to " + notice.recipient()));
    clocks.stream()
        .filter(clock -> clock.state() == Clock.State.OVERDUE)
        .forEach(clock -> next.add("Overdue: " + clock.title()));
    switch (incident.state()) {
      case DETECTED, TRIAGED -> next.add("Contain it: an order is missing, see the timeline");
      case CONTAINED ->
          next.add("Find out how the credential was lost, then restore what was altered");
      case ERADICATED -> next.add("Restore what was altered");
      case RECOVERED -> next.add("Review the post-mortem draft with those who took part");
      case REVIEWED -> next.add("Close the incident");
      case CLOSED, DISMISSED -> next.add("Nothing: it is closed");
    }
    return next;
  }

  private String traffic() {
    var seconds = facades.traffic().upTo(facades.clock().instant(), CHART_SECONDS);
    return Json.line(
        List.of(
            seconds.stream().map(Traffic.Second::epochSecond).toList(),
            seconds.stream().map(Traffic.Second::served).toList(),
            seconds.stream().map(Traffic.Second::refused).toList()));
  }
}
