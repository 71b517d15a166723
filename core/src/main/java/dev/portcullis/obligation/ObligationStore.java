package dev.portcullis.obligation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of facts, clocks and submissions; the caller brings the transaction. */
final class ObligationStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ObligationStore() {}

  /** Facts in force, by name. */
  static Map<String, Fact> facts(Handle handle, String incident) {
    var facts = new LinkedHashMap<String, Fact>();
    handle
        .createQuery(
            "SELECT fact, happened_at, decided_by, evidence FROM obligation_fact"
                + " WHERE incident = :incident AND superseded_at IS NULL ORDER BY fact")
        .bind("incident", incident)
        .map(ObligationStore::fact)
        .forEach(fact -> facts.put(fact.name(), fact));
    return facts;
  }

  /** All that was ever held of one fact, the first first. */
  static List<Fact> history(Handle handle, String incident, String fact) {
    return handle
        .createQuery(
            "SELECT fact, happened_at, decided_by, evidence FROM obligation_fact"
                + " WHERE incident = :incident AND fact = :fact ORDER BY revision")
        .bind("incident", incident)
        .bind("fact", fact)
        .map(ObligationStore::fact)
        .list();
  }

  private static Fact fact(RowView row) {
    return new Fact(
        row.getColumn("fact", String.class),
        Instant.ofEpochMilli(row.getColumn("happened_at", Long.class)),
        row.getColumn("decided_by", String.class),
        row.getColumn("evidence", String.class));
  }

  static void supersede(Handle handle, String incident, Fact fact, Instant now) {
    handle
        .createUpdate(
            "UPDATE obligation_fact SET superseded_at = :now"
                + " WHERE incident = :incident AND fact = :fact AND superseded_at IS NULL")
        .bind("now", now.toEpochMilli())
        .bind("incident", incident)
        .bind("fact", fact.name())
        .execute();
    handle
        .createUpdate(
            "INSERT INTO obligation_fact"
                + " (incident, fact, revision, happened_at, decided_by, evidence, recorded_at)"
                + " SELECT :incident, :fact, COALESCE(MAX(revision), 0) + 1, :at, :by, :evidence, :now"
                + " FROM obligation_fact WHERE incident = :incident AND fact = :fact")
        .bind("incident", incident)
        .bind("fact", fact.name())
        .bind("at", fact.at().toEpochMilli())
        .bind("by", fact.decidedBy())
        .bind("evidence", fact.evidence())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static void keep(Handle handle, String incident, ScopeFacts scope, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO obligation_scope (incident, document, recorded_at)"
                + " VALUES (:incident, :document, :now)"
                + " ON CONFLICT (incident) DO UPDATE SET"
                + " document = excluded.document, recorded_at = excluded.recorded_at")
        .bind("incident", incident)
        .bind("document", JSON.writeValueAsString(scope))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static Optional<ScopeFacts> scope(Handle handle, String incident) {
    return handle
        .createQuery("SELECT document FROM obligation_scope WHERE incident = :incident")
        .bind("incident", incident)
        .mapTo(String.class)
        .findOne()
        .map(document -> JSON.readValue(document, ScopeFacts.class));
  }

  /** Clocks as last computed, by rule. */
  static List<Clock> clocks(Handle handle, String incident) {
    return handle
        .createQuery(
            "SELECT document FROM obligation_clock"
                + " WHERE incident = :incident AND superseded_at IS NULL ORDER BY rule")
        .bind("incident", incident)
        .mapTo(String.class)
        .map(ObligationStore::parse)
        .list();
  }

  /** All clocks that run and were not answered. */
  static List<Clock> open(Handle handle, int limit) {
    return handle
        .createQuery(
            "SELECT c.document FROM obligation_clock c"
                + " WHERE c.superseded_at IS NULL AND c.state = 'RUNNING' AND NOT EXISTS"
                + " (SELECT 1 FROM obligation_submission s"
                + " WHERE s.incident = c.incident AND s.rule = c.rule)"
                + " ORDER BY c.recorded_at DESC, c.incident, c.rule LIMIT :limit")
        .bind("limit", limit)
        .mapTo(String.class)
        .map(ObligationStore::parse)
        .list();
  }

  /** Deadlines once held for a rule, the first first. */
  static List<Clock> history(Handle handle, String incident, Rule rule) {
    return handle
        .createQuery(
            "SELECT document FROM obligation_clock"
                + " WHERE incident = :incident AND rule = :rule ORDER BY revision")
        .bind("incident", incident)
        .bind("rule", rule.id())
        .mapTo(String.class)
        .map(ObligationStore::parse)
        .list();
  }

  static void supersede(Handle handle, Clock clock, Instant now) {
    handle
        .createUpdate(
            "UPDATE obligation_clock SET superseded_at = :now"
                + " WHERE incident = :incident AND rule = :rule AND superseded_at IS NULL")
        .bind("now", now.toEpochMilli())
        .bind("incident", clock.incident())
        .bind("rule", clock.rule())
        .execute();
    handle
        .createUpdate(
            "INSERT INTO obligation_clock (incident, rule, revision, state, document, recorded_at)"
                + " SELECT :incident, :rule, COALESCE(MAX(revision), 0) + 1, :state, :document, :now"
                + " FROM obligation_clock WHERE incident = :incident AND rule = :rule")
        .bind("incident", clock.incident())
        .bind("rule", clock.rule())
        .bind("state", clock.state().name())
        .bind("document", JSON.writeValueAsString(clock))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** When the duty was fulfilled first. */
  static Optional<Instant> submitted(Handle handle, String incident, String rule) {
    return handle
        .createQuery(
            "SELECT submitted_at FROM obligation_submission"
                + " WHERE incident = :incident AND rule = :rule ORDER BY submitted_at LIMIT 1")
        .bind("incident", incident)
        .bind("rule", rule)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  static void submit(
      Handle handle, String incident, String rule, String notice, Instant at, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO obligation_submission (incident, rule, notice, submitted_at, recorded_at)"
                + " VALUES (:incident, :rule, :notice, :at, :now)"
                + " ON CONFLICT (incident, rule, notice) DO NOTHING")
        .bind("incident", incident)
        .bind("rule", rule)
        .bind("notice", notice)
        .bind("at", at.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  private static Clock parse(String document) {
    return JSON.readValue(document, Clock.class);
  }
}
