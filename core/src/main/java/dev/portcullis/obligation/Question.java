package dev.portcullis.obligation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a rule without an incident.
 *
 * @param facts as typed: {@code NAME=INSTANT} or {@code NAME=INSTANT[ZONE]}
 * @param numbers of data subjects per jurisdiction, such as {@code US-TX}, or {@code total}
 * @param dataClasses that were reached; empty: not known
 * @param entities what the one who must notify is; empty: not declared
 * @param calendar of holidays of the Member State
 * @param submitted when the notice was submitted
 * @param acknowledged when the recipient said that it has it
 * @param waived why a person decided that it is not owed
 * @param now the state is told of this moment
 */
public record Question(
    List<String> facts,
    Map<String, Long> numbers,
    List<String> dataClasses,
    Set<String> entities,
    Optional<String> calendar,
    Optional<Instant> submitted,
    Optional<Instant> acknowledged,
    Optional<String> waived,
    Instant now) {}
