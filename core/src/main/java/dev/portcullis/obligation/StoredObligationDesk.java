package dev.portcullis.obligation;

import dev.portcullis.config.ObligationSettings;
import dev.portcullis.incident.Incident;
import dev.portcullis.scope.Scope;
import dev.portcullis.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Keeps anchor facts, and the clocks that follow from them, in the store. Each change of a fact or
 * of the scope computes all clocks of the incident anew; what changed supersedes, the old deadline
 * and its reason stay on record.
 */
public final class StoredObligationDesk implements ObligationDesk {
  /** Who decided what no person did. */
  private static final String MACHINE = "portcullis";

  /**
   * Anchors that start by themselves, with the first signal: the earliest moment that each of them
   * may be held to be, hence safe. A person may record a later one, with the evidence.
   */
  private static final List<String> SELF_STARTING = List.of("awareness", "detection", "discovery");

  private static final Pattern FACT = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final int MAX_OPEN = 10_000;

  private final Store store;
  private final InstantSource clock;
  private final List<Rule> rules;

  /**
   * With these obligations.
   *
   * @throws IllegalArgumentException when the settings name a rule that the book does not have, or
   *     one id twice
   */
  public StoredObligationDesk(
      Store store, ObligationSettings settings, RuleBook book, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.rules = ConfiguredRules.of(settings, book);
  }

  @Override
  public void record(String incident, String fact, Instant at, String decidedBy, String evidence) {
    if (!FACT.matcher(fact).matches()) {
      throw new IllegalArgumentException(
          "fact: %s (expected: a name such as awareness, in kebab case)".formatted(fact));
    }
    store
        .jdbi()
        .useTransaction(handle -> {
          record(handle, incident, new Fact(fact, millis(at), decidedBy, evidence));
          recompute(handle, incident);
        });
  }

  @Override
  public List<Clock> start(Incident incident, Scope scope) {
    store
        .jdbi()
        .useTransaction(handle -> {
          var known = ObligationStore.facts(handle, incident.id());
          for (String fact : SELF_STARTING) {
            if (!known.containsKey(fact)) {
              Instant at = millis(incident.detectedAt());
              record(handle, incident.id(), new Fact(fact, at, MACHINE, "the first signal"));
            }
          }
          ObligationStore.keep(handle, incident.id(), ScopeFacts.of(scope), clock.instant());
          recompute(handle, incident.id());
        });
    return clocks(incident.id());
  }

  @Override
  public List<Clock> clocks(String incident) {
    Instant now = clock.instant();
    return store
        .jdbi()
        .withHandle(handle ->
            ObligationStore.clocks(handle, incident).stream()
                .map(each -> asOf(handle, each, now))
                .toList());
  }

  @Override
  public List<Clock> running() {
    Instant now = clock.instant();
    List<Clock> open = store.jdbi().withHandle(handle -> ObligationStore.open(handle, MAX_OPEN));
    return open.stream()
        .map(each -> ClockState.at(each, Optional.empty(), now))
        .filter(ClockState::isOpen)
        .sorted(
            Comparator.comparing((Clock each) -> each.due().orElse(Instant.MAX))
                .thenComparing(Clock::incident)
                .thenComparing(Clock::rule))
        .toList();
  }

  @Override
  public void submitted(String incident, String rule, Instant at, String notice) {
    store
        .jdbi()
        .useTransaction(handle -> {
          ObligationStore.submit(handle, incident, rule, notice, at, clock.instant());
          String fact = rule + Rule.SUBMITTED;
          if (rules.stream().anyMatch(each -> each.anchors().contains(fact))) {
            record(handle, incident, new Fact(fact, millis(at), MACHINE, "the notice " + notice));
            recompute(handle, incident);
          }
        });
  }

  /** Earlier computations of one clock too, the first first: why the deadline was another. */
  public List<Clock> history(String incident, String rule) {
    return rules.stream()
        .filter(each -> each.id().equals(rule))
        .findFirst()
        .map(each ->
            store.jdbi().withHandle(handle -> ObligationStore.history(handle, incident, each)))
        .orElse(List.of());
  }

  private void record(Handle handle, String incident, Fact fact) {
    Fact known = ObligationStore.facts(handle, incident).get(fact.name());
    if (!fact.equals(known)) {
      ObligationStore.supersede(handle, incident, fact, clock.instant());
    }
  }

  private void recompute(Handle handle, String incident) {
    Optional<ScopeFacts> scope = ObligationStore.scope(handle, incident);
    if (scope.isEmpty()) {
      return; // The clocks are not started yet.
    }
    var facts = ObligationStore.facts(handle, incident);
    var known = new ArrayList<Clock>(ObligationStore.clocks(handle, incident));
    for (Rule rule : rules) {
      Clock computed =
          ClockCalculator.compute(incident, rule, facts, Circumstances.of(scope.get()));
      if (!known.contains(computed)) {
        ObligationStore.supersede(handle, computed, clock.instant());
      }
    }
  }

  private static Clock asOf(Handle handle, Clock computed, Instant now) {
    return ClockState.at(
        computed, ObligationStore.submitted(handle, computed.incident(), computed.rule()), now);
  }

  /** As the store keeps it, so that what was written equals what is read. */
  private static Instant millis(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}
