package dev.portcullis.detect;

import java.time.Instant;
import java.util.List;

/**
 * What a detector says (OCSF Detection Finding).
 *
 * @param id the same at every replay: detector, key and the sequence that raised it
 * @param detector its name
 * @param at the raising exchange's time
 * @param severity of what was seen
 * @param confidence 0 to 1
 * @param principals whom it is about; the narrowest nodes that are known
 * @param summary one sentence for people, without secrets and without data subjects in clear
 * @param evidence sequences of exchanges that led to it, at most {@link #MAX_EVIDENCE}, ascending
 * @param owasp category, such as {@code API1:2023}
 * @param attack MITRE ATT&CK technique, such as {@code T1119}
 */
public record Signal(
    String id,
    String detector,
    Instant at,
    Severity severity,
    double confidence,
    Principals principals,
    String summary,
    List<Long> evidence,
    String owasp,
    String attack) {

  /** Bound of the evidence list. */
  public static final int MAX_EVIDENCE = 1_000;
}
