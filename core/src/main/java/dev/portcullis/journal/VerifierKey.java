package dev.portcullis.journal;

import dev.portcullis.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key under its name: a C2SP signed-note verifier key ("vkey"), Ed25519; of the log
 * itself, or of a witness.
 */
public final class VerifierKey {
  /** C2SP signed-note, "Signature types". */
  private static final byte ED25519 = 1;

  /** C2SP tlog-cosignature: what a witness signs with. */
  private static final byte COSIGNATURE = 4;

  private static final int ID_BYTES = 4;

  private final String name;
  private final byte type;
  private final byte[] publicKey;
  private final byte[] id;

  VerifierKey(String name, byte[] publicKey) {
    this(name, ED25519, publicKey);
  }

  private VerifierKey(String name, byte type, byte[] publicKey) {
    if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(VerifierKey::isSpace)) {
      throw new JournalException(
          "The origin '"
              + name
              + "' (expected: without spaces and plus signs, such as"
              + " gate-1.example.org/journal)");
    }
    this.name = name;
    this.type = type;
    this.publicKey = publicKey.clone();
    var sha256 = MerkleHash.sha256();
    sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    sha256.update(type);
    this.id = Arrays.copyOf(sha256.digest(publicKey), ID_BYTES);
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isISOControl(character);
  }

  /** Throws {@link JournalException} for what is not such a key. */
  public static VerifierKey parse(String vkey) {
    return parse(
        vkey,
        ED25519,
        "Not a verifier key (expected: <name>+<8 hexadecimal digits>+<base64>, one Ed25519 key, as"
            + " in the journal's journal.pub)");
  }

  /** One of a witness; throws {@link JournalException} for what is not such a key. */
  static VerifierKey parseWitness(String vkey) {
    return parse(
        vkey,
        COSIGNATURE,
        "Not a witness's verifier key (expected: <name>+<8 hexadecimal digits>+<base64>, an Ed25519"
            + " key of type 0x04, c2sp.org/tlog-cosignature)");
  }

  private static VerifierKey parse(String vkey, byte type, String complaint) {
    String text = vkey.strip();
    int first = text.indexOf('+');
    int second = text.indexOf('+', first + 1);
    if (first > 0 && second > first) {
      try {
        byte[] typed = Base64.getDecoder().decode(text.substring(second + 1));
        if (typed.length == SigningKey.PUBLIC_KEY_BYTES + 1 && typed[0] == type) {
          var key =
              new VerifierKey(
                  text.substring(0, first), type, Arrays.copyOfRange(typed, 1, typed.length));
          if (key.toString().equals(text)) {
            return key;
          }
        }
      } catch (IllegalArgumentException notBase64) {
        // told below
      }
    }
    throw new JournalException(complaint);
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

  /** The signature in a note's line, if that line is said to be this key's. */
  Optional<byte[]> signature(String line) {
    String prefix = Checkpoint.SIGNATURE + name + " ";
    if (!line.startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      byte[] both = Base64.getDecoder().decode(line.substring(prefix.length()));
      return both.length > ID_BYTES && Arrays.equals(both, 0, ID_BYTES, id, 0, ID_BYTES)
          ? Optional.of(Arrays.copyOfRange(both, ID_BYTES, both.length))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** A signature as it stands in a note: the key's id, then the signature. */
  boolean verify(byte[] text, byte[] idAndSignature) {
    return idAndSignature.length > ID_BYTES
        && Arrays.equals(idAndSignature, 0, ID_BYTES, id, 0, ID_BYTES)
        && SigningKey.verify(
            publicKey, text, Arrays.copyOfRange(idAndSignature, ID_BYTES, idAndSignature.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key
        && key.name.equals(name)
        && key.type == type
        && Arrays.equals(key.publicKey, publicKey);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(publicKey);
  }

  @Override
  public String toString() {
    byte[] typed = new byte[publicKey.length + 1];
    typed[0] = type;
    System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
    return name
        + "+"
        + HexFormat.of().formatHex(id)
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }
}
