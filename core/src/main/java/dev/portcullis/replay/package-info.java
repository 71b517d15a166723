/**
 * Recorded traffic with known attacks, sent through a running gate to see what is noticed and who
 * is accused. May depend on {@code journal}'s records.
 *
 * <p>Start reading at {@code Replay}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.replay;
