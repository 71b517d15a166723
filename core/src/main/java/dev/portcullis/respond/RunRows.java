package dev.portcullis.respond;

import dev.portcullis.config.PlaybookSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The tables of playbooks' progress. */
final class RunRows {
  private RunRows() {}

  /** A step's place: the run's number and its index. */
  record Place(long run, StepProgress progress) {}

  private static final String SELECT =
      """
      SELECT r.number, r.incident, r.playbook, s.step, s.name, s.state, s.attempts, s.text, s.at
      FROM playbook_step s JOIN playbook_run r ON r.number = s.run
      """;

  /** The run of that playbook for that incident; empty when none was begun. */
  static OptionalLong find(Handle handle, String incident, String playbook) {
    return handle
        .createQuery(
            "SELECT number FROM playbook_run WHERE incident = :incident AND playbook = :playbook")
        .bind("incident", incident)
        .bind("playbook", playbook)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** Begins one: all its steps are to be done. */
  static long begin(Handle handle, String incident, PlaybookSettings playbook, Instant now) {
    long number =
        handle
            .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM playbook_run")
            .mapTo(Long.class)
            .one();
    handle
        .createUpdate(
            """
            INSERT INTO playbook_run (number, incident, playbook, started_at)
            VALUES (:number, :incident, :playbook, :now)
            """)
        .bind("number", number)
        .bind("incident", incident)
        .bind("playbook", playbook.name())
        .bind("now", now.toEpochMilli())
        .execute();
    for (int step = 0; step < playbook.steps().size(); step++) {
      handle
          .createUpdate(
              """
              INSERT INTO playbook_step (run, step, name, state, attempts, text, at)
              VALUES (:run, :step, :name, 'PENDING', 0, '', :now)
              """)
          .bind("run", number)
          .bind("step", step)
          .bind("name", playbook.steps().get(step).name())
          .bind("now", now.toEpochMilli())
          .execute();
    }
    return number;
  }

  /** Before: that an attempt begins. */
  static void attempt(Handle handle, Place place, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE playbook_step SET attempts = attempts + 1, text = 'begun', at = :now
            WHERE run = :run AND step = :step
            """)
        .bind("run", place.run())
        .bind("step", place.progress().index())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** After: what came of it. */
  static void record(
      Handle handle, long run, int step, StepState state, int attempts, String text, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE playbook_step
            SET state = :state, attempts = :attempts, text = :text, at = :now
            WHERE run = :run AND step = :step
            """)
        .bind("run", run)
        .bind("step", step)
        .bind("state", state.name())
        .bind("attempts", attempts)
        .bind("text", text)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Gives failed steps that have not used up their attempts another one. */
  static int retry(Handle handle, int maxAttempts) {
    return handle
        .createUpdate(
            """
            UPDATE playbook_step SET state = 'PENDING'
            WHERE state = 'FAILED' AND attempts < :max
            """)
        .bind("max", maxAttempts)
        .execute();
  }

  /** Has steps of those names that were done for the incident done again. */
  static void again(Handle handle, String incident, Set<String> names) {
    handle
        .createUpdate(
            """
            UPDATE playbook_step SET state = 'PENDING', attempts = 0
            WHERE state = 'DONE' AND name IN (<names>)
              AND run IN (SELECT number FROM playbook_run WHERE incident = :incident)
            """)
        .bindList("names", List.copyOf(names))
        .bind("incident", incident)
        .execute();
  }

  /** The incident's first step to be done. */
  static Optional<Place> next(Handle handle, String incident) {
    return places(
            handle
                .createQuery(
                    SELECT
                        + """
                        WHERE r.incident = :incident AND s.state = 'PENDING'
                        ORDER BY r.number, s.step LIMIT 1
                        """)
                .bind("incident", incident))
        .stream()
        .findFirst();
  }

  /** Incidents with steps to be done, the longest waiting first. */
  static List<String> waiting(Handle handle, int limit) {
    return handle
        .createQuery(
            """
            SELECT r.incident FROM playbook_step s JOIN playbook_run r ON r.number = s.run
            WHERE s.state = 'PENDING' GROUP BY r.incident ORDER BY MIN(r.number) LIMIT :limit
            """)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  static List<StepProgress> progress(Handle handle, String incident) {
    return places(
            handle
                .createQuery(SELECT + "WHERE r.incident = :incident ORDER BY r.number, s.step")
                .bind("incident", incident))
        .stream()
        .map(Place::progress)
        .toList();
  }

  /** Marks a signal as answered. */
  static void answered(Handle handle, String signal, String incident, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO playbook_signal (signal, incident, at) VALUES (:signal, :incident, :now)
            ON CONFLICT (signal) DO NOTHING
            """)
        .bind("signal", signal)
        .bind("incident", incident)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static boolean isAnswered(Handle handle, String signal) {
    return handle
        .createQuery("SELECT 1 FROM playbook_signal WHERE signal = :signal")
        .bind("signal", signal)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static Set<String> answered(Handle handle, String incident) {
    return new HashSet<>(
        handle
            .createQuery("SELECT signal FROM playbook_signal WHERE incident = :incident")
            .bind("incident", incident)
            .mapTo(String.class)
            .list());
  }

  private static List<Place> places(Query query) {
    return query.reduceRows(
        new ArrayList<Place>(),
        (places, row) -> {
          places.add(
              new Place(
                  row.getColumn("number", Long.class),
                  new StepProgress(
                      row.getColumn("incident", String.class),
                      row.getColumn("playbook", String.class),
                      row.getColumn("step", Integer.class),
                      row.getColumn("name", String.class),
                      StepState.valueOf(row.getColumn("state", String.class)),
                      row.getColumn("attempts", Integer.class),
                      row.getColumn("text", String.class),
                      Instant.ofEpochMilli(row.getColumn("at", Long.class)))));
          return places;
        });
  }
}
