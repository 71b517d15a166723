package dev.portcullis.scope;

import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an incident reached (GDPR Art. 33(3)(a)).
 *
 * @param incident its id
 * @param computedAt when it was determined
 * @param journalEnd exchanges read: the scope covers all below this sequence
 * @param firstHostile time of the first hostile exchange
 * @param lastHostile time of the last one that was answered with data
 * @param exchanges hostile exchanges that reached the upstream
 * @param refused hostile exchanges that were refused
 * @param bytes sent in answer
 * @param routes reached, with the number of exchanges
 * @param upstreams reached
 * @param dataClasses reached, with the number of subjects whose data of that class went out
 * @param subjects reached, each once, sorted
 * @param writes that went through
 * @param criteria which exchanges count as hostile, in words
 * @param unknown what could not be known, each named; empty: the scope is exact
 */
public record Scope(
    String incident,
    Instant computedAt,
    long journalEnd,
    Optional<Instant> firstHostile,
    Optional<Instant> lastHostile,
    long exchanges,
    long refused,
    long bytes,
    Map<String, Long> routes,
    Set<String> upstreams,
    Map<String, Long> dataClasses,
    List<Pseudonym> subjects,
    List<Write> writes,
    List<String> criteria,
    List<String> unknown) {

  /** One write. */
  public record Write(long sequence, Instant at, String method, String path, int status) {}
}
