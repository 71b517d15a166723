package dev.portcullis.scope;

import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal holds about one data subject (GDPR Art. 15): never what was in the exchanges,
 * which it does not know.
 *
 * @param pseudonym empty: the subject is not known here, and all else is empty
 * @param exchanges whose request, response or path names the subject
 * @param first time of the first of them
 * @param last time of the last of them
 * @param routes with the number of exchanges
 * @param accounts that the data went to or came from, with the number of exchanges
 * @param dataClasses that were carried
 * @param unknown what could not be read; empty: the record is complete
 */
public record SubjectRecord(
    Optional<Pseudonym> pseudonym,
    long exchanges,
    Optional<Instant> first,
    Optional<Instant> last,
    Map<String, Long> routes,
    Map<String, Long> accounts,
    Set<String> dataClasses,
    Optional<String> unknown) {}
