package dev.portcullis.config;

import java.time.Duration;

/**
 * Bounds of the gate.
 *
 * @param requestLine bytes (default 8 KiB)
 * @param headers bytes of all header lines together (default 32 KiB)
 * @param headerTimeout for a whole request head, against slow clients (default 10 s)
 * @param bodyTimeout between two reads of a request body (default 30 s)
 * @param idleTimeout of a kept-alive connection (default 60 s)
 * @param connections open client connections (default 10,000)
 * @param observedBody bytes of a response that are read for data subjects, and the most that is
 *     held back on a {@code before-response} route (default 1 MiB)
 * @param inspectedBody bytes of a request body that are inspected (default 64 KiB)
 * @param limitedKeys distinct keys whose token buckets are kept (default 100,000)
 */
public record GateLimits(
    int requestLine,
    int headers,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    int connections,
    int observedBody,
    int inspectedBody,
    int limitedKeys) {

  /** The defaults. */
  public static final GateLimits DEFAULT =
      new GateLimits(
          8 << 10,
          32 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          10_000,
          1 << 20,
          64 << 10,
          100_000);
}
