package dev.portcullis.obligation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * When something was that a clock counts from.
 *
 * @param name such as {@code awareness}
 * @param at when it was
 * @param zone of the place where it was, if that is known: whose day it is
 * @param decidedBy who says so
 * @param evidence on what
 */
record Fact(String name, Instant at, Optional<ZoneId> zone, String decidedBy, String evidence) {
  Fact(String name, Instant at, String decidedBy, String evidence) {
    this(name, at, Optional.empty(), decidedBy, evidence);
  }

  /** Its own zone, or all that the rule names. */
  List<ZoneId> zones(List<ZoneId> ofRule) {
    return zone.map(List::of).orElse(ofRule);
  }
}
