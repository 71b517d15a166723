package dev.portcullis.respond;

import dev.portcullis.gate.blocklist.Restriction;
import java.time.Instant;
import java.util.Optional;

/**
 * A containment order: a reversible, expiring restriction.
 *
 * @param id such as {@code ORD-1}
 * @param kind what it does
 * @param target credential id, account name, address or CIDR, route name
 * @param incident it serves, if any
 * @param author who ordered it; {@link dev.portcullis.incident.TimelineEntry#MACHINE} for an
 *     automatic one
 * @param expiresAt when it ends by itself
 * @param released when and by whom it was lifted before that
 */
public record Order(
    String id,
    Restriction.Kind kind,
    String target,
    Optional<String> incident,
    String author,
    String reason,
    Instant createdAt,
    Instant expiresAt,
    Optional<Release> released) {

  /** How it was lifted. */
  public record Release(Instant at, String author, String reason) {}

  /** Whether it restricts anything at that moment. */
  public boolean isInForce(Instant now) {
    return released.isEmpty() && now.isBefore(expiresAt);
  }
}
