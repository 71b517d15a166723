package dev.portcullis.journal.vault;

import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the register of erasures (GDPR Art. 5(2)): it proves that the duty was done and does
 * not tell whose it was.
 *
 * @param id such as {@code ERA-1}
 * @param pseudonym that nobody can turn back any more
 * @param by who did it
 * @param reason why
 * @param request reference of the person's request, where it has one
 * @param despite ids of the incidents under legal hold that it was done despite of, with commas
 */
public record Erasure(
    String id,
    Pseudonym pseudonym,
    Instant at,
    String by,
    String reason,
    Optional<String> request,
    Optional<String> despite) {

  /**
   * What is asked for.
   *
   * @param by who does it
   * @param reason why, without naming the person
   * @param request reference of the person's request
   * @param despite ids of the incidents under legal hold that it is done despite of
   */
  public record Order(
      String by, String reason, Optional<String> request, Optional<String> despite) {}
}
