package dev.portcullis.journal;

import java.io.IOException;
import java.time.Duration;

/** Somebody else who puts their name under checkpoints, so that no rewriting stays between us. */
interface Attester {
  /** For metrics: {@code witness} or {@code timestamp}. */
  String kind();

  /** For the log. */
  String name();

  /** Between two requests, at least. */
  Duration every();

  /** Asks, verifies the answer, and keeps it. May take seconds. */
  void attest(Checkpoint checkpoint, CheckpointFiles files)
      throws AttestationException, IOException, InterruptedException;
}
