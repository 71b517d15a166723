package dev.portcullis.journal;

/**
 * A data subject under a key: the same subject has the same pseudonym, and only the holder of the
 * key can tell whose it is (GDPR Art. 4(5)).
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
