package dev.portcullis.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample API's routes. */
final class ClinicRoutes implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ClinicRoutes.class);

  /** A longer body is refused, in bytes. */
  private static final int BODY_LIMIT = 64 << 10;

  /** A longer value is refused, in characters. */
  private static final int VALUE_LIMIT = 200;

  private static final String PATIENTS = "/v1/patients";
  private static final String APPOINTMENTS = "/v1/appointments/";

  /**
   * @param patients of whom it tells
   */
  private record Answer(int status, Object body, List<String> patients) {
    static Answer problem(int status, String title) {
      var body = new LinkedHashMap<String, Object>();
      body.put("title", title);
      body.put("status", status);
      return new Answer(status, body, List.of());
    }
  }

  private final JsonMapper json = JsonMapper.builder().build();
  private final ClinicDatabase database;
  private final ClinicAccessLog accesses;

  ClinicRoutes(ClinicDatabase database, ClinicAccessLog accesses) {
    this.database = database;
    this.accesses = accesses;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
        if (!exchange.getRequestURI().getPath().equals("/healthz")) {
          accesses.record(
              source(exchange), exchange.getRequestMethod(), answer.status(), answer.patients());
        }
      } catch (RuntimeException e) {
        LOG.warn("The sample API failed: {}", e.getClass().getName());
        answer = Answer.problem(500, "Internal error");
      }
      send(exchange, answer);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/healthz")) {
      return new Answer(
          200, Map.of("status", "up", "patients", database.patientCount()), List.of());
    }
    if (path.equals(PATIENTS) && method.equals("GET")) {
      return list(exchange);
    }
    if (path.startsWith(PATIENTS + "/")) {
      String id = path.substring(PATIENTS.length() + 1);
      return switch (method) {
        case "GET" -> found(database.patient(id));
        case "PATCH" -> change(id, exchange);
        default -> Answer.problem(405, "Method not allowed");
      };
    }
    if (path.startsWith(APPOINTMENTS) && method.equals("GET")) {
      return appointment(path.substring(APPOINTMENTS.length()));
    }
    return Answer.problem(404, "Not found");
  }

  private static Answer found(Optional<Patient> patient) {
    return patient
        .map(known -> new Answer(200, view(known), List.of(known.id())))
        .orElseGet(() -> Answer.problem(404, "No such patient"));
  }

  private Answer list(HttpExchange exchange) {
    String clinic = query(exchange, "clinic");
    List<Patient> patients = database.patientsOf(clinic, ClinicDatabase.LISTED);
    var items =
        patients.stream()
            .map(patient -> {
              var item = new LinkedHashMap<String, Object>();
              item.put("id", patient.id());
              item.put("name", patient.name());
              return item;
            })
            .toList();
    return new Answer(200, Map.of("items", items), patients.stream().map(Patient::id).toList());
  }

  private Answer change(String id, HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (body.length > BODY_LIMIT) {
      return Answer.problem(413, "Body too large");
    }
    JsonNode sent;
    try {
      sent = json.readTree(body);
    } catch (JacksonException e) {
      return Answer.problem(400, "Body is not JSON");
    }
    var changes = new LinkedHashMap<String, String>();
    for (var field : sent.properties()) {
      boolean valid = field.getValue().isString();
      String value = valid ? field.getValue().stringValue() : "";
      if (!valid
          || value.length() > VALUE_LIMIT
          || !ClinicDatabase.CHANGEABLE.contains(field.getKey())) {
        return Answer.problem(400, "Changeable are " + ClinicDatabase.CHANGEABLE);
      }
      changes.put(field.getKey(), value);
    }
    if (changes.isEmpty()) {
      return Answer.problem(400, "Changeable are " + ClinicDatabase.CHANGEABLE);
    }
    return found(database.change(id, changes));
  }

  private Answer appointment(String id) {
    return database
        .appointment(id)
        .map(known -> {
          var body = new LinkedHashMap<String, Object>();
          body.put("id", known.id());
          body.put("patient_id", known.patient());
          body.put("at", known.at().toString());
          body.put("reason", known.reason());
          return new Answer(200, body, List.of(known.patient()));
        })
        .orElseGet(() -> Answer.problem(404, "No such appointment"));
  }

  private static Map<String, Object> view(Patient patient) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", patient.id());
    body.put("name", patient.name());
    body.put("email", patient.email());
    body.put("phone", patient.phone());
    body.put("diagnosis", patient.diagnosis());
    body.put("medication", patient.medication());
    return body;
  }

  /**
   * The client's address: the last entry is the one that the gateway itself wrote, those before it
   * anybody may have made up.
   */
  private static String source(HttpExchange exchange) {
    List<String> lines = exchange.getRequestHeaders().get("X-Forwarded-For");
    if (lines == null || lines.isEmpty()) {
      return exchange.getRemoteAddress().getAddress().getHostAddress();
    }
    String last = lines.getLast();
    return last.substring(last.lastIndexOf(',') + 1).strip();
  }

  private static String query(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null) {
      return "";
    }
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = json.writeValueAsBytes(answer.body());
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            answer.status() < 400 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
