package dev.portcullis.obligation;

import java.time.Instant;

/**
 * When something was that a clock counts from.
 *
 * @param name such as {@code awareness}
 * @param at when it was
 * @param decidedBy who says so
 * @param evidence on what
 */
record Fact(String name, Instant at, String decidedBy, String evidence) {}
