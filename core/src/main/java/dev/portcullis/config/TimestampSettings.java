package dev.portcullis.config;

import java.net.URI;
import java.time.Duration;

/**
 * A time-stamping authority (RFC 3161 over HTTP).
 *
 * @param url where requests are posted to
 * @param every between two stamped checkpoints (default 1 h)
 */
public record TimestampSettings(URI url, Duration every) {}
