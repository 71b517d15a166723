package dev.portcullis.incident;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import java.time.Instant;
import java.util.List;

/**
 * Correlated signals with a lifecycle.
 *
 * @param id such as {@code INC-1}
 * @param title one line for people
 * @param openedAt when it was opened
 * @param detectedAt the raising exchange's time
 * @param principals merged from its signals
 * @param detectors names of the detectors that raised its signals
 * @param signals ids of its signals, oldest first
 */
public record Incident(
    String id,
    IncidentState state,
    Severity severity,
    String title,
    Instant openedAt,
    Instant detectedAt,
    Principals principals,
    List<String> detectors,
    List<String> signals) {}
