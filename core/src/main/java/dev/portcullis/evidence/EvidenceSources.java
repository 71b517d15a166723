package dev.portcullis.evidence;

import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalRecords;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.learn.ReviewDesk;
import dev.portcullis.notify.NoticeDesk;
import dev.portcullis.obligation.ObligationDesk;
import dev.portcullis.recover.RecoveryDesk;
import dev.portcullis.respond.Containment;
import dev.portcullis.scope.Criteria;
import dev.portcullis.scope.ScopeDesk;
import java.util.function.Function;

/**
 * Whose records go into an archive.
 *
 * @param criteria which exchanges of an incident are exhibits, beside those that signals name
 */
public record EvidenceSources(
    Journal journal,
    JournalRecords records,
    Pseudonyms pseudonyms,
    IncidentDesk incidents,
    ScopeDesk scopes,
    Containment containment,
    ObligationDesk obligations,
    NoticeDesk notices,
    RecoveryDesk recovery,
    ReviewDesk reviews,
    Function<Incident, Criteria> criteria) {}
