package dev.portcullis.recover;

import java.time.Instant;

/**
 * A restore that has begun.
 *
 * @param id such as {@code RST-1}
 * @param startNanos reading of {@link System#nanoTime}
 */
record RestoreOrder(String id, RecoveryDesk.Request request, Instant startedAt, long startNanos) {}
