package dev.portcullis.journal;

/**
 * Stands for a data subject: the same subject has the same pseudonym until it is erased, and only
 * the holder of the additional information, the vault and its key, can tell whose it is (GDPR Art.
 * 4(5)).
 *
 * @param value base64url without padding
 */
public record Pseudonym(String value) implements Comparable<Pseudonym> {
  @Override
  public int compareTo(Pseudonym other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "~" + value;
  }
}
