package dev.portcullis.api;

import dev.portcullis.config.Configuration;
import dev.portcullis.evidence.EvidenceDesk;
import dev.portcullis.gate.propose.Samples;
import dev.portcullis.identity.Credentials;
import dev.portcullis.incident.HoldDesk;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Keeper;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.learn.ReviewDesk;
import dev.portcullis.notify.NoticeDesk;
import dev.portcullis.obligation.ObligationDesk;
import dev.portcullis.recover.RecoveryDesk;
import dev.portcullis.respond.Containment;
import dev.portcullis.respond.Responder;
import dev.portcullis.scope.PivotDesk;
import dev.portcullis.scope.ScopeDesk;
import dev.portcullis.scope.SubjectDesk;
import dev.portcullis.telemetry.Metrics;
import dev.portcullis.telemetry.Traffic;
import java.time.InstantSource;

/** The features as the API and the console see them. */
public record Facades(
    Configuration configuration,
    InstantSource clock,
    Journal journal,
    Keeper keeper,
    Pseudonyms pseudonyms,
    Credentials credentials,
    IncidentDesk incidents,
    HoldDesk holds,
    Containment containment,
    Responder responder,
    ScopeDesk scopes,
    SubjectDesk subjects,
    PivotDesk pivots,
    ObligationDesk obligations,
    NoticeDesk notices,
    RecoveryDesk recovery,
    ReviewDesk reviews,
    EvidenceDesk evidence,
    Traffic traffic,
    Samples samples,
    Metrics metrics) {}
