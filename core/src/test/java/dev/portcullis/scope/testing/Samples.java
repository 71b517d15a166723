package dev.portcullis.scope.testing;

import dev.portcullis.config.AuthenticationSettings;
import dev.portcullis.config.Configuration;
import dev.portcullis.config.ConsoleSettings;
import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.DataSettings;
import dev.portcullis.config.DetectorSettings;
import dev.portcullis.config.Endpoint;
import dev.portcullis.config.GateLimits;
import dev.portcullis.config.InspectionMode;
import dev.portcullis.config.JournalSettings;
import dev.portcullis.config.NodeSettings;
import dev.portcullis.config.NotificationSettings;
import dev.portcullis.config.ObligationSettings;
import dev.portcullis.config.RecordingSettings;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.config.TlsSettings;
import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.scope.Scope;
import dev.portcullis.scope.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What tests begin with. */
public final class Samples {
  /** The moment at which tests begin. */
  public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  private Samples() {}

  /** A signal about that credential and source; a dash stands for not known. */
  public static Signal signal(String id, String credential, String source) {
    return new Signal(
        id,
        "object-enumeration",
        START.plusSeconds(600),
        Severity.HIGH,
        0.9,
        new Principals(known(credential), Optional.empty(), known(source), Optional.empty()),
        "One credential reads ever more records",
        List.of(),
        "API1:2023",
        "T1119");
  }

  private static Optional<String> known(String name) {
    return name.equals("-") ? Optional.empty() : Optional.of(name);
  }

  /** An answered read of these subjects. */
  public static Exchange read(int second, String credential, String source, String... subjects) {
    return exchange(second, credential, source, "GET", 200, new Outcome.Forwarded(), subjects);
  }

  /** Any exchange; a dash stands for no credential. */
  public static Exchange exchange(
      int second,
      String credential,
      String source,
      String method,
      int status,
      Outcome outcome,
      String... subjects) {
    return new Exchange(
        START.plusSeconds(second),
        Duration.ofMillis(3),
        Optional.of("patients"),
        known(credential),
        Optional.empty(),
        Optional.empty(),
        source,
        Client.UNKNOWN,
        method,
        "/v1/patients/~x",
        status,
        0,
        outcome instanceof Outcome.Refused ? 0 : 100,
        outcome,
        List.of(),
        Carried.of(
            subjects.length == 0 ? Set.of() : Set.of("health"),
            List.of(subjects).stream().map(Pseudonym::new).toList(),
            Observation.COMPLETE),
        Carried.NOTHING);
  }

  /** The same, by that client. */
  public static Exchange by(Client client, Exchange exchange) {
    return changed(exchange, client, exchange.method(), exchange.status(), exchange.response());
  }

  /** The same, asked and answered otherwise. */
  public static Exchange answered(Exchange exchange, String method, int status) {
    return changed(exchange, exchange.client(), method, status, exchange.response());
  }

  /** The same, observed otherwise. */
  public static Exchange observed(Exchange exchange, Observation observation) {
    return changed(
        exchange,
        exchange.client(),
        exchange.method(),
        exchange.status(),
        Carried.of(exchange.dataClasses(), exchange.subjects(), observation));
  }

  private static Exchange changed(
      Exchange exchange, Client client, String method, int status, Carried response) {
    return new Exchange(
        exchange.at(),
        exchange.duration(),
        exchange.route(),
        exchange.credential(),
        exchange.account(),
        exchange.claimed(),
        exchange.source(),
        client,
        method,
        exchange.path(),
        status,
        exchange.requestBytes(),
        exchange.responseBytes(),
        exchange.outcome(),
        exchange.findings(),
        response,
        exchange.request());
  }

  /** A scope of so many subjects, all of whose data is of these classes. */
  public static Scope scope(int subjects, Set<String> classes, List<String> unknown) {
    var counts = new TreeMap<String, Long>();
    classes.forEach(each -> counts.put(each, (long) subjects));
    return new Scope(
        "INC-1",
        START.plusSeconds(700),
        900,
        Optional.of(START.plusSeconds(300)),
        Optional.of(START.plusSeconds(610)),
        subjects,
        7,
        100L * subjects,
        Map.of("patients", (long) subjects),
        Set.of("clinic"),
        counts,
        IntStream.range(0, subjects)
            .mapToObj("subject-pseudonym-%06d"::formatted)
            .map(Pseudonym::new)
            .toList(),
        List.of(),
        List.of("Hostile is every exchange with credential key-1 from source 198.51.100.7"),
        unknown,
        subjects,
        0,
        0,
        Split.NONE,
        List.of());
  }

  /** A configuration with one route, {@code patients}, to the upstream {@code clinic}. */
  public static Configuration configuration() {
    var route =
        new RouteSettings(
            "patients",
            "/v1/patients/{id}",
            "clinic",
            Map.of("GET", Set.of()),
            Set.of(CredentialKind.API_KEY),
            Optional.empty(),
            1 << 20,
            InspectionMode.OFF,
            new RecordingSettings(
                RecordingSettings.Release.FLUSH_INTERVAL, RecordingSettings.WhenFull.REFUSE),
            DataSettings.NONE);
    return new Configuration(
        Path.of("portcullis.yaml"),
        new NodeSettings("gate-1", Path.of("state")),
        List.of(),
        List.of(),
        List.of(),
        new AuthenticationSettings(List.of()),
        List.of(route),
        GateLimits.DEFAULT,
        JournalSettings.DEFAULT,
        DetectorSettings.DEFAULT,
        ContainmentSettings.DEFAULT,
        List.of(),
        new ObligationSettings(Set.of(), List.of(), new ObligationSettings.Controller("", "")),
        new NotificationSettings(
            Optional.empty(), NotificationSettings.Sending.AFTER_APPROVAL, List.of()),
        List.of(),
        List.of(),
        new ConsoleSettings(new Endpoint("127.0.0.1", 0), new TlsSettings.SelfSigned()));
  }
}
