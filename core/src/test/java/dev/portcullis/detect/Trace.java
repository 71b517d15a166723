package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes journals of imagined days, and reads them to the detectors. */
final class Trace {
  private final List<JournalEntry> entries = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");

  /** Time goes by. */
  Trace after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** Somebody reads records, one response for all of them. */
  Trace reads(String credential, String source, String... subjects) {
    return add(
        Optional.of(credential),
        Optional.empty(),
        source,
        "patient",
        200,
        new Outcome.Forwarded(),
        List.of(),
        Arrays.stream(subjects).map(Pseudonym::new).toList(),
        "/v1/patients/~" + (subjects.length == 1 ? subjects[0] : ""));
  }

  Trace readsAnonymously(String source, String subject) {
    return add(
        Optional.empty(),
        Optional.empty(),
        source,
        "profile",
        200,
        new Outcome.Forwarded(),
        List.of(),
        List.of(new Pseudonym(subject)),
        "/v1/profiles/~" + subject);
  }

  Trace readsWithoutCredential(String source, String subject) {
    return add(
        Optional.empty(),
        Optional.empty(),
        source,
        "patient",
        200,
        new Outcome.Forwarded(),
        List.of(),
        List.of(new Pseudonym(subject)),
        "/v1/patients/~" + subject);
  }

  Trace guesses(String credential, String source, String subject) {
    return add(
        Optional.of(credential),
        Optional.empty(),
        source,
        "patient",
        404,
        new Outcome.Forwarded(),
        List.of(),
        List.of(),
        "/v1/patients/~" + subject);
  }

  Trace isRefused(String credential, String source, String subject) {
    return add(
        Optional.of(credential),
        Optional.empty(),
        source,
        "patient",
        403,
        new Outcome.Refused("containment", "key-revoked"),
        List.of(),
        List.of(),
        "/v1/patients/~" + subject);
  }

  /** Somebody changes what belongs to a data subject. */
  Trace changes(String credential, String source, String route, String subject) {
    return add(
        Optional.of(credential),
        Optional.empty(),
        source,
        route,
        "PATCH",
        200,
        new Outcome.Forwarded(),
        List.of(),
        List.of(new Pseudonym(subject)),
        "/v1/" + route + "/~" + subject);
  }

  Trace failsToLogIn(String source, String account) {
    return add(
        Optional.empty(),
        Optional.of(account),
        source,
        "login",
        401,
        new Outcome.Refused("authentication", "wrong-password"),
        List.of(),
        List.of(),
        "/v1/login");
  }

  Trace logsIn(String source, String account) {
    return add(
        Optional.of("password-" + account),
        Optional.empty(),
        source,
        "login",
        200,
        new Outcome.Forwarded(),
        List.of(),
        List.of(),
        "/v1/login");
  }

  Trace sends(String source, String category, boolean forwarded) {
    return add(
        Optional.empty(),
        Optional.empty(),
        source,
        "patient",
        forwarded ? 200 : 403,
        forwarded ? new Outcome.Forwarded() : new Outcome.Refused("inspection", category),
        List.of(new Finding("rule-" + category, category, "query:q")),
        List.of(),
        "/v1/patients");
  }

  private Trace add(
      Optional<String> credential,
      Optional<String> claimed,
      String source,
      String route,
      int status,
      Outcome outcome,
      List<Finding> findings,
      List<Pseudonym> subjects,
      String path) {
    return add(
        credential, claimed, source, route, "GET", status, outcome, findings, subjects, path);
  }

  private Trace add(
      Optional<String> credential,
      Optional<String> claimed,
      String source,
      String route,
      String method,
      int status,
      Outcome outcome,
      List<Finding> findings,
      List<Pseudonym> subjects,
      String path) {
    entries.add(
        new JournalEntry(
            entries.size(),
            new Exchange(
                now,
                Duration.ofMillis(3),
                Optional.of(route),
                credential,
                credential.map(id -> id.replaceAll("^(?:key|password)-", "")),
                claimed,
                source,
                Client.UNKNOWN,
                method,
                path,
                status,
                0,
                100,
                outcome,
                findings,
                Carried.of(
                    subjects.isEmpty() ? Set.of() : Set.of("health"),
                    subjects,
                    Observation.COMPLETE),
                Carried.NOTHING)));
    return this;
  }

  List<JournalEntry> entries() {
    return entries;
  }

  /** What the detectors with their defaults say to all of it. */
  List<Signal> signals() {
    return signals(new Detection(DetectorSettings.DEFAULT));
  }

  List<Signal> signals(Detection detection) {
    var signals = new ArrayList<Signal>();
    entries.forEach(entry -> signals.addAll(detection.accept(entry)));
    return signals;
  }
}
