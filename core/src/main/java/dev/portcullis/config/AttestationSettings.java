package dev.portcullis.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who else puts their names under the journal's checkpoints.
 *
 * @param witnesses asked for a cosignature (default none)
 * @param every between two requests to a witness (default 10 s)
 * @param timestamp asked for the time (default none)
 */
public record AttestationSettings(
    List<WitnessSettings> witnesses, Duration every, Optional<TimestampSettings> timestamp) {
  /** Nobody. */
  public static final AttestationSettings NONE =
      new AttestationSettings(List.of(), Duration.ofSeconds(10), Optional.empty());

  /** With a copy of the list. */
  public AttestationSettings {
    witnesses = List.copyOf(witnesses);
  }
}
