package dev.portcullis.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads an archive that anybody may have made: bounded, and never more than it says it holds. */
final class ArchiveReader implements AutoCloseable {
  /** Files in one; a real one has fewer than twenty. */
  private static final int MAX_FILES = 1_000;

  private final ZipFile zip;

  ArchiveReader(Path file) throws IOException {
    this.zip = new ZipFile(file.toFile());
  }

  /** All names. */
  Set<String> names() throws WrongItemException {
    if (zip.size() > MAX_FILES) {
      throw new WrongItemException(
          "the archive",
          "%d files are in it (expected: %d at most)".formatted(zip.size(), MAX_FILES));
    }
    var names = new HashSet<String>();
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
      if (!names.add(entry.getName())) {
        throw new WrongItemException(entry.getName(), "two files have that name (expected: one)");
      }
    }
    return names;
  }

  /** A small file. */
  byte[] bytes(String name, int most) throws WrongItemException, IOException {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new WrongItemException(
            name, "it is longer than %d bytes, which none is".formatted(most));
      }
      return bytes;
    }
  }

  String text(String name, int most) throws WrongItemException, IOException {
    return new String(bytes(name, most), StandardCharsets.UTF_8);
  }

  InputStream open(String name) throws WrongItemException, IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new WrongItemException(
          name, "it is not in the archive (expected: every archive has it)");
    }
    return zip.getInputStream(entry);
  }

  /** Whether a file is what the manifest says. */
  void check(ArchiveItem item) throws WrongItemException, IOException {
    try (var in = new DigestInputStream(open(item.name()), Hashes.sha256())) {
      long length = 0;
      byte[] buffer = new byte[64 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        length += read;
        if (length > item.bytes()) {
          break;
        }
      }
      if (length != item.bytes()) {
        throw new WrongItemException(
            item.name(),
            "it has %s bytes (expected: %d, as the manifest says)"
                .formatted(length > item.bytes() ? "more" : length + "", item.bytes()));
      }
      String hash = Hashes.hex(in.getMessageDigest());
      if (!hash.equals(item.sha256())) {
        throw new WrongItemException(
            item.name(),
            "its SHA-256 is %s (expected: %s, as the manifest says): it was altered"
                .formatted(hash, item.sha256()));
      }
    } catch (ZipException | EOFException damaged) {
      throw new WrongItemException(item.name(), "it can't be unpacked: " + damaged);
    }
  }

  /** What the files of a manifest are allowed to be beside. */
  static List<String> unlisted() {
    return List.of(Archive.MANIFEST, Archive.SIGNATURE);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
