package dev.portcullis.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * A legal hold on an incident: what proves it is neither deleted by age nor made nobody's (GDPR
 * Art. 17(3)(e)), until the hold is released or has run out.
 *
 * @param id such as {@code HLD-1}
 * @param incident its id
 * @param placedAt since when
 * @param placedBy who placed it
 * @param reason why, such as the matter it serves
 * @param until when it runs out by itself; empty: never
 * @param release how it ended before that
 */
public record Hold(
    String id,
    String incident,
    Instant placedAt,
    String placedBy,
    String reason,
    Optional<Instant> until,
    Optional<Release> release) {

  /**
   * The end of a hold.
   *
   * @param at when
   * @param by who released it
   * @param reason why
   */
  public record Release(Instant at, String by, String reason) {}

  /** Whether it holds at that moment. */
  public boolean isInForce(Instant now) {
    return release.isEmpty() && until.map(now::isBefore).orElse(true);
  }
}
