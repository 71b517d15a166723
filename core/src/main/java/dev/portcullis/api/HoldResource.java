package dev.portcullis.api;

import dev.portcullis.incident.Hold;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Legal holds on incidents. */
final class HoldResource {
  private final Facades facades;

  HoldResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "GET", "/api/v1/holds", "legal holds in force", (r, p) -> facades.holds().inForce()),
        new Endpoint(
            "POST", "/api/v1/incidents/{id}/hold", "keeps what proves it, by law", this::place),
        new Endpoint("POST", "/api/v1/incidents/{id}/release-hold", "ends that", this::release));
  }

  private Hold place(ApiRequest request, Map<String, String> parameters) {
    String until = request.text("until", "");
    return facades
        .holds()
        .place(
            parameters.getOrDefault("id", ""),
            until.isEmpty() ? Optional.empty() : Optional.of(moment(until)),
            request.caller(),
            request.text("reason"));
  }

  private Hold release(ApiRequest request, Map<String, String> parameters) {
    return facades
        .holds()
        .release(parameters.getOrDefault("id", ""), request.caller(), request.text("reason"));
  }

  private static Instant moment(String text) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ApiException(
          400,
          "\"%s\" is no moment (expected ISO 8601, such as 2027-12-31 or 2027-12-31T12:00:00Z)"
              .formatted(text));
    }
  }
}
