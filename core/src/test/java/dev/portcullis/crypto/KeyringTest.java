package dev.portcullis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  @TempDir Path directory;

  @Test
  void theSameKeysAreThereAfterAReopening() {
    var first = Keyring.open(directory.resolve("keys"));
    byte[] hash = first.keyedHash("api-keys").hash("secret".getBytes(UTF_8));
    byte[] sealed = first.deterministicCipher("subjects").encrypt("patient-7".getBytes(UTF_8));
    byte[] signature = first.signingKey("journal").sign("root".getBytes(UTF_8));

    var second = Keyring.open(directory.resolve("keys"));
    assertThat(second.keyedHash("api-keys").hash("secret".getBytes(UTF_8))).isEqualTo(hash);
    assertThat(second.deterministicCipher("subjects").decrypt(sealed))
        .isEqualTo("patient-7".getBytes(UTF_8));
    assertThat(
            SigningKey.verify(
                second.signingKey("journal").publicKey(), "root".getBytes(UTF_8), signature))
        .isTrue();
  }

  @Test
  void twoPurposesShareNothing() {
    var keys = Keyring.open(directory.resolve("keys"));
    byte[] text = "same".getBytes(UTF_8);
    assertThat(keys.keyedHash("a").hash(text)).isNotEqualTo(keys.keyedHash("b").hash(text));
    byte[] sealed = keys.deterministicCipher("a").encrypt(text);
    assertThatThrownBy(() -> keys.deterministicCipher("b").decrypt(sealed))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void keyFilesAreTheOwnersAlone() throws IOException {
    Keyring.open(directory.resolve("keys")).keyedHash("api-keys");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("keys/api-keys.hmac"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anAlteredOrCutStreamIsRefused() throws IOException {
    var cipher = Keyring.open(directory.resolve("keys")).streamCipher("backup");
    var target = new ByteArrayOutputStream();
    try (var out = cipher.encrypting(target)) {
      out.write(new byte[3_000_000]);
    }
    byte[] sealed = target.toByteArray();
    assertThat(cipher.decrypting(new ByteArrayInputStream(sealed)).readAllBytes())
        .hasSize(3_000_000);
    byte[] altered = sealed.clone();
    altered[sealed.length / 2] ^= 1;
    assertThatThrownBy(() -> cipher.decrypting(new ByteArrayInputStream(altered)).readAllBytes())
        .isInstanceOf(IOException.class);
    byte[] cut = Arrays.copyOf(sealed, sealed.length - 100);
    assertThatThrownBy(() -> cipher.decrypting(new ByteArrayInputStream(cut)).readAllBytes())
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPasswordMatchesItsHashAndNoOther() {
    String hash = PasswordHash.of("correct horse".toCharArray());
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(PasswordHash.matches("correct horse".toCharArray(), hash)).isTrue();
    assertThat(PasswordHash.matches("correct horses".toCharArray(), hash)).isFalse();
    assertThat(PasswordHash.of("correct horse".toCharArray())).isNotEqualTo(hash);
  }

  @Test
  void aSignatureOfAnotherMessageIsRefused() {
    var key = Keyring.open(directory.resolve("keys")).signingKey("journal");
    byte[] signature = key.sign("a".getBytes(UTF_8));
    assertThat(SigningKey.verify(key.publicKey(), "b".getBytes(UTF_8), signature)).isFalse();
    assertThat(SigningKey.verify(key.publicKey(), "a".getBytes(UTF_8), new byte[3])).isFalse();
  }

  @Test
  void aSelfSignedCertificateIsMadeOnce() {
    var certificates = new Certificates(directory.resolve("tls"), InstantSource.system());
    var files = certificates.selfSigned("console", List.of("localhost", "127.0.0.1"));
    String fingerprint = Certificates.fingerprint(files.certificate());
    assertThat(fingerprint).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(
            Certificates.fingerprint(
                certificates.selfSigned("console", List.of("localhost")).certificate()))
        .isEqualTo(fingerprint);
  }
}
