package dev.portcullis.rehearse;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a group is about to ask.
 *
 * @param client its software
 * @param loggedIn whether a log-in attempt has the right password
 * @param found whether the object exists
 * @param subjects in the answer, if it is answered
 */
record Request(
    Traffic traffic,
    boolean hostile,
    Instant at,
    Optional<String> account,
    String source,
    Client client,
    boolean loggedIn,
    boolean found,
    String path,
    List<Pseudonym> subjects) {

  /** It authenticates: a wrong password does not. */
  Optional<String> credential() {
    return loggedIn ? account.map(name -> "key-" + name) : Optional.empty();
  }

  /** What would come of it if nothing contained it. */
  Outcome outcome() {
    if (!loggedIn) {
      return new Outcome.Refused("authentication", "wrong-password");
    }
    return traffic.finding().isPresent() && traffic.refused()
        ? new Outcome.Refused("inspection", traffic.finding().get())
        : new Outcome.Forwarded();
  }

  /** As the journal records it. */
  Exchange exchange(Outcome outcome) {
    boolean answered = outcome instanceof Outcome.Forwarded;
    int status = !loggedIn ? 401 : !answered ? 403 : found ? 200 : 404;
    List<Pseudonym> told = answered ? subjects : List.of();
    return new Exchange(
        at,
        Duration.ofMillis(4),
        Optional.of(traffic.route()),
        credential(),
        loggedIn ? account : Optional.empty(),
        loggedIn ? Optional.empty() : account,
        source,
        client,
        traffic.method(),
        path,
        status,
        0,
        answered ? traffic.bytes() : 120,
        outcome,
        traffic
            .finding()
            .map(category -> List.of(new Finding("drill-" + category, category, "body")))
            .orElse(List.of()),
        Carried.of(told.isEmpty() ? Set.of() : Set.of("personal"), told, Observation.COMPLETE),
        Carried.NOTHING);
  }
}
