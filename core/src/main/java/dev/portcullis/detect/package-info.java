/**
 * Detectors: keyed, pure, replayable folds from exchanges to signals. Free of I/O and of clocks.
 * May depend on {@code journal}'s records and {@code config}.
 *
 * <p>Start reading at {@code Detector}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.detect;
