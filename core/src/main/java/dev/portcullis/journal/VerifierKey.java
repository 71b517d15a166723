package dev.portcullis.journal;

import dev.portcullis.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The public key under its name: a C2SP signed-note verifier key ("vkey"), Ed25519. */
public final class VerifierKey {
  /** C2SP signed-note, "Signature types". */
  private static final byte ED25519 = 1;

  private static final int ID_BYTES = 4;

  private final String name;
  private final byte[] publicKey;
  private final byte[] id;

  VerifierKey(String name, byte[] publicKey) {
    if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(VerifierKey::isSpace)) {
      throw new JournalException(
          "The origin '"
              + name
              + "' (expected: without spaces and plus signs, such as"
              + " gate-1.example.org/journal)");
    }
    this.name = name;
    this.publicKey = publicKey.clone();
    var sha256 = MerkleHash.sha256();
    sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    sha256.update(ED25519);
    this.id = Arrays.copyOf(sha256.digest(publicKey), ID_BYTES);
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isISOControl(character);
  }

  /** Throws {@link JournalException} for what is not such a key. */
  public static VerifierKey parse(String vkey) {
    String text = vkey.strip();
    int first = text.indexOf('+');
    int second = text.indexOf('+', first + 1);
    if (first > 0 && second > first) {
      try {
        byte[] typed = Base64.getDecoder().decode(text.substring(second + 1));
        if (typed.length == SigningKey.PUBLIC_KEY_BYTES + 1 && typed[0] == ED25519) {
          var key =
              new VerifierKey(text.substring(0, first), Arrays.copyOfRange(typed, 1, typed.length));
          if (key.toString().equals(text)) {
            return key;
          }
        }
      } catch (IllegalArgumentException notBase64) {
        // told below
      }
    }
    throw new JournalException(
        "Not a verifier key (expected: <name>+<8 hexadecimal digits>+<base64>, one Ed25519 key, as"
            + " in the journal's journal.pub)");
  }

  /** Whose key it is: the origin of the checkpoints that it signs. */
  public String name() {
    return name;
  }

  /** The raw key, 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  byte[] id() {
    return id.clone();
  }

  /** A signature as it stands in a note: the key's id, then the signature. */
  boolean verify(byte[] text, byte[] idAndSignature) {
    return idAndSignature.length > ID_BYTES
        && Arrays.equals(idAndSignature, 0, ID_BYTES, id, 0, ID_BYTES)
        && SigningKey.verify(
            publicKey, text, Arrays.copyOfRange(idAndSignature, ID_BYTES, idAndSignature.length));
  }

  @Override
  public String toString() {
    byte[] typed = new byte[publicKey.length + 1];
    typed[0] = ED25519;
    System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
    return name
        + "+"
        + HexFormat.of().formatHex(id)
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }
}
