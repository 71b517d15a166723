package dev.portcullis.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * The node's keys, one file a purpose, made at first use and readable by the owner alone. Losing
 * the directory means losing what was encrypted under it: it belongs to what is backed up.
 */
public final class Keyring {
  private static final int HASH_KEY_BYTES = 32;

  private final SecretFiles files;

  private Keyring(SecretFiles files) {
    this.files = files;
  }

  /** Only where it is needed: it takes a good part of a command's time. */
  private static void startLibrary() {
    try {
      AeadConfig.register();
      DeterministicAeadConfig.register();
      StreamingAeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new CryptoException("The cryptographic library does not start: " + e.getMessage(), e);
    }
  }

  /** Opens or creates the directory of keys. */
  public static Keyring open(Path directory) {
    return new Keyring(SecretFiles.in(directory));
  }

  /** A keyed hash for that purpose (HMAC-SHA256). */
  public KeyedHash keyedHash(String purpose) {
    String hex = files.readOrCreate(purpose + ".hmac", Keyring::newSecret);
    return new KeyedHash(HexFormat.of().parseHex(hex.strip()));
  }

  /**
   * Deterministic authenticated encryption for that purpose (AES-SIV, RFC 5297): equal texts give
   * equal ciphertexts, and nobody without the key can make or read one.
   */
  public DeterministicCipher deterministicCipher(String purpose) {
    return new DeterministicCipher(keyset(purpose + ".aes-siv.json", "AES256_SIV"), purpose);
  }

  /** Whether there is a key for deterministic encryption for that purpose; makes none. */
  public boolean hasDeterministicCipher(String purpose) {
    return files.exists(purpose + ".aes-siv.json");
  }

  /** Destroys that key: what was encrypted under it can't be read any more, by anybody. */
  public void destroyDeterministicCipher(String purpose) {
    files.destroy(purpose + ".aes-siv.json");
  }

  /** Envelope encryption for that purpose (AES-256-GCM, a key a text). */
  public EnvelopeCipher envelopeCipher(String purpose) {
    return new EnvelopeCipher(keyset(purpose + ".aes-256-gcm.json", "AES256_GCM"), purpose);
  }

  /**
   * Authenticated encryption of streams of any length for that purpose (AES-256-GCM-HKDF, 1 MiB
   * segments).
   */
  public StreamCipher streamCipher(String purpose) {
    return new StreamCipher(keyset(purpose + ".aes-gcm.json", "AES256_GCM_HKDF_1MB"), purpose);
  }

  /**
   * The file of a password for that purpose (256 random bits, hexadecimal), for a program of others
   * that reads it itself.
   */
  public Path passwordFile(String purpose) {
    String name = purpose + ".password";
    files.readOrCreate(name, Keyring::newSecret);
    return files.path(name).toAbsolutePath();
  }

  /** The first signing key for that purpose (Ed25519, RFC 8032). */
  public SigningKey signingKey(String purpose) {
    return SigningKey.fromPem(files.readOrCreate(purpose + ".ed25519.pem", SigningKey::newPem));
  }

  /**
   * All signing keys for that purpose, the newest last; the first is made at first use. The old
   * ones are kept until somebody takes their files away.
   */
  public List<SigningKey> signingKeys(String purpose) {
    var keys = new ArrayList<SigningKey>();
    keys.add(signingKey(purpose));
    for (int version = 2; files.exists(file(purpose, version)); version++) {
      keys.add(signingKey(purpose, version));
    }
    return List.copyOf(keys);
  }

  /** Makes another signing key for that purpose: from then on the newest of them. */
  public SigningKey newSigningKey(String purpose) {
    return signingKey(purpose, signingKeys(purpose).size() + 1);
  }

  private SigningKey signingKey(String purpose, int version) {
    return SigningKey.fromPem(files.readOrCreate(file(purpose, version), SigningKey::newPem));
  }

  private static String file(String purpose, int version) {
    return purpose + "." + version + ".ed25519.pem";
  }

  private static String newSecret() {
    byte[] key = new byte[HASH_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private KeysetHandle keyset(String file, String template) {
    startLibrary();
    String json =
        files.readOrCreate(
            file,
            checked(() ->
                TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(KeyTemplates.get(template).toParameters()),
                    InsecureSecretKeyAccess.get())));
    return checked(() -> TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()))
        .get();
  }

  static com.google.crypto.tink.Configuration configuration() {
    return checked(RegistryConfiguration::get).get();
  }

  static byte[] context(String purpose) {
    return ("portcullis/" + purpose).getBytes(StandardCharsets.UTF_8);
  }

  private interface Dangerous<T> {
    T get() throws GeneralSecurityException;
  }

  private static <T> Supplier<T> checked(Dangerous<T> dangerous) {
    return () -> {
      try {
        return dangerous.get();
      } catch (GeneralSecurityException e) {
        throw new CryptoException("A key can't be made or read: " + e.getMessage(), e);
      }
    };
  }
}
