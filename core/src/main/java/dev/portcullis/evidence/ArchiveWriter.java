package dev.portcullis.evidence;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes files into a ZIP one after the other, each through memory of a fixed size, and hashes what
 * it writes. Names, order and times depend on nothing but the content.
 */
final class ArchiveWriter implements AutoCloseable {
  /** The first moment that a ZIP can name; the true times are inside, signed. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int BUFFER = 64 << 10;

  private final Counting whole;
  private final MessageDigest wholeHash = Hashes.sha256();
  private final ZipOutputStream zip;
  private final List<ArchiveItem> items = new ArrayList<>();

  /** What a file holds. */
  @FunctionalInterface
  interface Content {
    /** Writes it. */
    void write(OutputStream out) throws IOException;
  }

  ArchiveWriter(OutputStream target) {
    whole = new Counting(new DigestOutputStream(target, wholeHash));
    zip = new ZipOutputStream(new BufferedOutputStream(whole, BUFFER));
  }

  void add(String name, String description, byte[] bytes) throws IOException {
    add(name, description, out -> out.write(bytes));
  }

  void add(String name, String description, Content content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    var hash = Hashes.sha256();
    var counting = new Counting(new DigestOutputStream(zip, hash));
    var out = new BufferedOutputStream(counting, BUFFER);
    content.write(out);
    out.flush();
    zip.closeEntry();
    items.add(new ArchiveItem(name, counting.count, Hashes.hex(hash), description));
  }

  /** Those written so far. */
  List<ArchiveItem> items() {
    return List.copyOf(items);
  }

  /** Bytes of the archive so far. */
  long bytes() {
    return whole.count;
  }

  /** Completes the archive; returns its SHA-256. */
  String finish() throws IOException {
    zip.finish();
    zip.flush();
    return Hashes.hex(wholeHash);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static final class Counting extends FilterOutputStream {
    private long count;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
