package dev.portcullis.console;

import dev.portcullis.api.Facades;
import dev.portcullis.api.Json;
import dev.portcullis.console.NowView.Station;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.learn.PostMortem;
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
    var incidents = facades.incidents().list();
    var open = incidents.stream().filter(incident -> !incident.state().isOver()).toList();
    return new NowView(
        facades.configuration().node().name(),
        facades.journal().health().failure().orElse(""),
        facades.traffic().totals(),
        facades.journal().end(),
        open,
        open.stream().findFirst().map(incident -> story(read(incident))).orElse(List.of()),
        facades.containment().inForce(facades.clock().instant()),
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
    return facades.incidents().find(id).map(incident -> view(read(incident)));
  }

  /** All that is known of one incident, read once for a page. */
  private record Known(
      Incident incident,
      List<Signal> signals,
      List<Order> orders,
      Optional<Scope> scope,
      List<Clock> clocks,
      List<Notice> notices,
      List<RestoreReport> restores,
      Optional<PostMortem> postMortem) {}

  private Known read(Incident incident) {
    String id = incident.id();
    return new Known(
        incident,
        facades.incidents().signals(id),
        facades.containment().of(id),
        facades.scopes().last(id),
        facades.obligations().clocks(id),
        facades.notices().list(id),
        facades.recovery().reports(id),
        facades.reviews().last(id));
  }

  private IncidentView view(Known known) {
    Incident incident = known.incident();
    return new IncidentView(
        incident,
        incident.state().isOver(),
        summary(incident, known.scope()),
        next(incident, known.clocks(), known.notices()),
        story(known),
        known.signals(),
        facades.incidents().timeline(incident.id()),
        facades.holds().inForce(incident.id()),
        known
            .scope()
            .map(scope ->
                new ScopeView(scope, Math.max(0, facades.journal().end() - scope.journalEnd()))),
        known.orders(),
        known.orders().stream().filter(this::isInForce).map(Order::id).collect(Collectors.toSet()),
        known.clocks(),
        known.notices(),
        known.restores(),
        known.postMortem(),
        facades.evidence().list(incident.id()));
  }

  private boolean isInForce(Order order) {
    return order.isInForce(facades.clock().instant());
  }

  private List<RecoveryPoint> points(String asset) {
    try {
      return facades.recovery().points(asset);
    } catch (RecoveryException e) {
      // a destination that can't be read must not take the page away; it shows no points
      return List.of();
    }
  }

  private List<Signal> recentSignals(List<Incident> incidents) {
    return incidents.stream()
        .limit(SIGNALS)
        .flatMap(incident -> facades.incidents().signals(incident.id()).reversed().stream())
        .limit(SIGNALS)
        .toList();
  }

  private List<Station> story(Known known) {
    var stations = new ArrayList<Station>();
    var signals = known.signals();
    stations.add(
        new Station(
            "Signal", !signals.isEmpty(), signals.isEmpty() ? "" : signals.getFirst().detector()));
    stations.add(new Station("Incident", true, known.incident().id()));
    var orders = known.orders();
    stations.add(
        new Station(
            "Contained",
            orders.stream().anyMatch(this::isInForce),
            orders.stream()
                .findFirst()
                .map(order -> Words.kind(order.kind()) + " " + order.target())
                .orElse("")));
    var scope = known.scope();
    stations.add(
        new Station(
            "Scope",
            scope.isPresent(),
            scope.map(found -> found.subjects().size() + " people").orElse("")));
    var clocks = known.clocks();
    stations.add(
        new Station(
            "Clock",
            clocks.stream().anyMatch(clock -> clock.due().isPresent()),
            clocks.stream()
                .filter(clock -> clock.due().isPresent())
                .findFirst()
                .map(Clock::rule)
                .orElse("")));
    var notices = known.notices();
    long sent = notices.stream().filter(notice -> notice.state() == Notice.State.SENT).count();
    stations.add(
        new Station(
            "Notice", sent > 0, notices.isEmpty() ? "" : sent + " of " + notices.size() + " sent"));
    var restores = known.restores();
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
            known.postMortem().isPresent(),
            known.postMortem().isPresent() ? "draft" : ""));
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
