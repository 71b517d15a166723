package dev.portcullis.gate.testing;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.DataSettings;
import dev.portcullis.config.InspectionMode;
import dev.portcullis.config.LimitSettings;
import dev.portcullis.config.RecordingSettings;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.Control;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.gate.Refusal;
import dev.portcullis.gate.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Requests and routes for tests of controls. */
public final class Requests {
  private Requests() {}

  /** A head as a server would give it. */
  public record Head(String source, List<Map.Entry<String, String>> lines) implements RequestHead {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/v1/patients/7";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public Optional<String> header(String name) {
      return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
      return lines.stream()
          .filter(line -> line.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> action) {
      lines.forEach(line -> action.accept(line.getKey(), line.getValue()));
    }
  }

  /** A route that accepts those kinds. */
  public static RouteSettings route(CredentialKind... kinds) {
    return route("patients", Optional.empty(), Set.of(kinds));
  }

  /** A route with that limit. */
  public static RouteSettings route(
      String name, Optional<LimitSettings> limit, Set<CredentialKind> kinds) {
    return new RouteSettings(
        name,
        "/v1/patients/{id}",
        "clinic",
        Map.of("GET", Set.of()),
        kinds,
        limit,
        1 << 20,
        InspectionMode.OFF,
        new RecordingSettings(
            RecordingSettings.Release.FLUSH_INTERVAL, RecordingSettings.WhenFull.REFUSE),
        DataSettings.NONE);
  }

  /** A request from that address with those header lines: name, value, name, value. */
  public static GateRequest request(RouteSettings route, String source, String... headers) {
    var lines = new ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new GateRequest(new Head(source, lines), route, Map.of("id", "7"));
  }

  /** What the control decides, waited for. */
  public static Control.Decision decide(Control control, GateRequest request) {
    Control.Decision decision = control.decide(request);
    if (decision instanceof Control.Decision.Later later) {
      try {
        return later.decision().toCompletableFuture().get(60, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError("A decision never fails and never takes so long", e);
      }
    }
    return decision;
  }

  /** The refusal, or an assertion error if it passed. */
  public static Refusal refusal(Control control, GateRequest request) {
    return switch (decide(control, request)) {
      case Control.Decision.Refuse refuse -> refuse.refusal();
      case Control.Decision other -> throw new AssertionError("Not refused: " + other);
    };
  }
}
