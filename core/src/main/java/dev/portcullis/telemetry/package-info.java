/** Metrics and their names. Start reading at {@code Metrics}. */
@org.jspecify.annotations.NullMarked
package dev.portcullis.telemetry;
