package dev.portcullis.detect;

import java.util.Optional;

/** Whom a signal or an incident is about. */
public record Principals(
    Optional<String> credential,
    Optional<String> account,
    Optional<String> source,
    Optional<String> route) {}
