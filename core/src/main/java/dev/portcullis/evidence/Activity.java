package dev.portcullis.evidence;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Gap;
import dev.portcullis.journal.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An exchange for readers, in the names of OCSF API Activity (class 6003) where it has one; what it
 * has no name for is under {@code unmapped}. The record's bytes are the evidence, this is their
 * reading.
 */
final class Activity {
  private static final int CLASS = 6_003;
  private static final int CATEGORY = 6;
  private static final int OTHER = 99;

  private Activity() {}

  static Map<String, Object> of(Exchange exchange) {
    int activity = activity(exchange.method());
    var document = new LinkedHashMap<String, Object>();
    document.put("class_uid", CLASS);
    document.put("category_uid", CATEGORY);
    document.put("activity_id", activity);
    document.put("type_uid", 100L * CLASS + activity);
    document.put("time", exchange.at().toEpochMilli());
    document.put("time_dt", exchange.at().toString());
    document.put("duration", exchange.duration().toMillis());
    document.put("src_endpoint", Map.of("ip", exchange.source()));
    document.put("actor", actor(exchange));
    document.put("api", api(exchange));
    document.put("http_request", request(exchange));
    document.put(
        "http_response", ordered("code", exchange.status(), "length", exchange.responseBytes()));
    exchange
        .client()
        .fingerprint()
        .ifPresent(ja4 ->
            document.put("ja4_fingerprint_list", List.of(ordered("type_id", 1, "value", ja4))));
    outcome(exchange.outcome(), document);
    document.put("unmapped", unmapped(exchange));
    return document;
  }

  private static int activity(String method) {
    return switch (method) {
      case "POST" -> 1;
      case "GET", "HEAD" -> 2;
      case "PUT", "PATCH" -> 3;
      case "DELETE" -> 4;
      default -> OTHER;
    };
  }

  private static Map<String, Object> actor(Exchange exchange) {
    var user = new LinkedHashMap<String, Object>();
    put(user, "uid", exchange.account());
    put(user, "credential_uid", exchange.credential());
    var actor = new LinkedHashMap<String, Object>();
    actor.put("user", user);
    exchange.client().session().ifPresent(uid -> actor.put("session", Map.of("uid", uid)));
    return actor;
  }

  private static Map<String, Object> api(Exchange exchange) {
    var api = new LinkedHashMap<String, Object>();
    api.put("operation", exchange.method());
    exchange.route().ifPresent(route -> api.put("service", Map.of("name", route)));
    return api;
  }

  private static Map<String, Object> request(Exchange exchange) {
    var request = new LinkedHashMap<String, Object>();
    request.put("http_method", exchange.method());
    request.put("url", Map.of("path", exchange.path()));
    request.put("length", exchange.requestBytes());
    put(request, "user_agent_hash", exchange.client().userAgent());
    return request;
  }

  private static void outcome(Outcome outcome, Map<String, Object> document) {
    switch (outcome) {
      case Outcome.Forwarded() -> {
        document.put("status_id", 1);
        document.put("disposition_id", 1);
      }
      case Outcome.Refused(String control, String reason) -> {
        document.put("status_id", 2);
        document.put("status_detail", control + ": " + reason);
        document.put("disposition_id", 2);
      }
      case Outcome.Failed(String reason) -> {
        document.put("status_id", 2);
        document.put("status_detail", reason);
        document.put("disposition_id", 1);
      }
    }
  }

  private static Map<String, Object> unmapped(Exchange exchange) {
    var more = new LinkedHashMap<String, Object>();
    put(more, "claimed_account", exchange.claimed());
    more.put("outcome", exchange.outcome().getClass().getSimpleName());
    more.put("read", carried(exchange.response()));
    more.put("written", carried(exchange.request()));
    more.put(
        "findings",
        exchange.findings().stream()
            .map(each ->
                ordered(
                    "rule", each.rule(), "category", each.category(), "location", each.location()))
            .toList());
    return more;
  }

  private static Map<String, Object> carried(Carried carried) {
    var document = new LinkedHashMap<String, Object>();
    document.put("data_classes", List.copyOf(new TreeSet<String>(carried.dataClasses())));
    document.put("subjects", carried.subjects().stream().map(each -> each.toString()).toList());
    document.put("records", carried.records());
    document.put("observation", carried.observation().name());
    document.put("unobserved_bytes", carried.unobserved());
    return document;
  }

  /** A gap for readers. */
  static Map<String, Object> of(Gap gap) {
    var document = new LinkedHashMap<String, Object>();
    document.put("lost", gap.lost());
    document.put("from", gap.from().toString());
    document.put("to", gap.to().toString());
    document.put("reason", gap.reason());
    return document;
  }

  private static void put(Map<String, Object> document, String name, Optional<String> value) {
    value.ifPresent(text -> document.put(name, text));
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    var document = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      document.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return document;
  }
}
