package dev.portcullis.console;

import dev.portcullis.detect.Signal;
import dev.portcullis.evidence.EvidenceExport;
import dev.portcullis.incident.Hold;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.learn.PostMortem;
import dev.portcullis.notify.Notice;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Order;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The page of one incident.
 *
 * @param summary in plain words
 * @param next what to do next
 * @param inForce ids of the orders that still restrict
 * @param hold the legal hold in force
 */
public record IncidentView(
    Incident incident,
    boolean settled,
    String summary,
    List<String> next,
    List<NowView.Station> story,
    List<Signal> signals,
    List<TimelineEntry> timeline,
    Optional<Hold> hold,
    Optional<ScopeView> scope,
    List<Order> orders,
    Set<String> inForce,
    List<Clock> clocks,
    List<Notice> notices,
    List<RestoreReport> restores,
    Optional<PostMortem> postMortem,
    List<EvidenceExport> evidence) {}
