package dev.portcullis.gate.authn;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.gate.Control.Decision;
import dev.portcullis.gate.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How authentication refuses. Whatever was wrong, the client gets the same answer; the reason is
 * for the journal.
 */
final class Refusals {
  private final String control;

  Refusals(String control) {
    this.control = control;
  }

  /** 401, with a challenge for each accepted kind (RFC 9110 §11.6.1). */
  Decision unauthorized(Set<CredentialKind> accepted, String reason) {
    String challenges =
        accepted.stream().sorted().map(Refusals::challenge).collect(Collectors.joining(", "));
    return new Decision.Refuse(
        new Refusal(control, reason, 401, "Unauthorized", Map.of("WWW-Authenticate", challenges)));
  }

  /** 429. */
  Decision throttled(Duration pause) {
    return later("throttled", 429, "Too Many Requests", pause);
  }

  /** 503. */
  Decision unavailable(String reason, Duration pause) {
    return later(reason, 503, "Service Unavailable", pause);
  }

  private Decision later(String reason, int status, String title, Duration pause) {
    long seconds = Math.max(1, Math.ceilDiv(pause.toMillis(), 1000L));
    return new Decision.Refuse(
        new Refusal(control, reason, status, title, Map.of("Retry-After", Long.toString(seconds))));
  }

  private static String challenge(CredentialKind kind) {
    return switch (kind) {
      case API_KEY -> "ApiKey realm=\"api\"";
      case PASSWORD -> "Basic realm=\"api\", charset=\"UTF-8\"";
      case TOKEN -> "Bearer realm=\"api\"";
    };
  }
}
