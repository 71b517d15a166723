package dev.portcullis.recover;

import dev.portcullis.crypto.StreamCipher;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A recovery point's file: a seal (length as 4 bytes, then JSON), then the copy; both compressed
 * together, then encrypted.
 */
final class SealedFile {
  /** A seal above this is none, in bytes. */
  private static final int SEAL_LIMIT = 64 << 10;

  private static final int BUFFER = 64 << 10;

  private final StreamCipher cipher;

  SealedFile(StreamCipher cipher) {
    this.cipher = cipher;
  }

  /** Returns the SHA-256 of what was written, hexadecimal. */
  String write(Path file, Manifest.Seal seal, Path copy) throws IOException {
    var digest = Canonical.sha256();
    try (var target = StateFiles.create(file);
        var encrypting = cipher.encrypting(new DigestOutputStream(target, digest));
        var out = new DataOutputStream(new GZIPOutputStream(encrypting, BUFFER))) {
      byte[] bytes = seal.bytes();
      out.writeInt(bytes.length);
      out.write(bytes);
      Files.copy(copy, out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Brings the copy into a file, if the point's file is as it was written and its seal agrees with
   * the manifest.
   */
  void read(Path file, Manifest manifest, Path copy) throws BrokenPointException {
    String sha256 = sha256(file);
    if (!sha256.equals(manifest.sha256())) {
      throw new BrokenPointException(
          "its file was altered since it was written (SHA-256 "
              + sha256.substring(0, 16)
              + "... where "
              + manifest.sha256().substring(0, 16)
              + "... was written)");
    }
    try (var out = StateFiles.create(copy)) {
      unseal(file, manifest, out);
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot write the restored copy " + copy + ": " + StateFiles.reason(e), e);
    }
  }

  private void unseal(Path file, Manifest manifest, OutputStream copy)
      throws BrokenPointException, IOException {
    try (var in = opened(file)) {
      if (!Arrays.equals(seal(in), manifest.seal().bytes())) {
        throw new BrokenPointException(
            "its manifest does not agree with what was sealed into its file");
      }
      byte[] buffer = new byte[BUFFER];
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        copy.write(buffer, 0, count);
      }
    }
  }

  private DataInputStream opened(Path file) throws BrokenPointException {
    try {
      return new DataInputStream(
          new GZIPInputStream(cipher.decrypting(Files.newInputStream(file)), BUFFER));
    } catch (IOException e) {
      throw undecipherable(e);
    }
  }

  private static byte[] seal(DataInputStream in) throws BrokenPointException {
    try {
      int length = in.readInt();
      if (length < 0 || length > SEAL_LIMIT) {
        throw new BrokenPointException("its seal is malformed");
      }
      return in.readNBytes(length);
    } catch (IOException e) {
      throw undecipherable(e);
    }
  }

  private static int read(InputStream in, byte[] buffer) throws BrokenPointException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw undecipherable(e);
    }
  }

  private static BrokenPointException undecipherable(IOException e) {
    return new BrokenPointException(
        "its file can't be decrypted: it was made under another key;"
            + " bring back the directory of keys that it was made with",
        e);
  }

  private static String sha256(Path file) throws BrokenPointException {
    var digest = Canonical.sha256();
    byte[] buffer = new byte[BUFFER];
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new BrokenPointException("it can't be read: " + StateFiles.reason(e), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
