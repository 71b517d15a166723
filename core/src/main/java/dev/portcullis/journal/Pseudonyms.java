package dev.portcullis.journal;

/** Turns data subjects into pseudonyms and, for those allowed, back. */
public interface Pseudonyms {
  /** The pseudonym of that subject; the same each time. */
  Pseudonym of(String subject);

  /**
   * The subject behind the pseudonym.
   *
   * @throws IllegalArgumentException if it was not made with this key
   */
  String reveal(Pseudonym pseudonym);
}
