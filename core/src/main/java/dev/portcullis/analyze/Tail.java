package dev.portcullis.analyze;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The growing end of a file. A file that was moved away is read to its end before the new one of
 * that name is begun; one that was cut to nothing is begun anew. Not thread-safe.
 */
final class Tail {
  private static final int PIECE = 256 * 1024;

  private final Path path;
  private Optional<FileChannel> channel = Optional.empty();
  private Optional<Object> identity = Optional.empty();
  private byte[] rest = new byte[0];
  private long lines;

  Tail(Path path) {
    this.path = path;
  }

  /** Whole lines that are new; empty if there are none. */
  byte[] read() {
    try {
      if (channel.isEmpty() && !open()) {
        return new byte[0];
      }
      byte[] piece = more();
      if (piece.length == 0 && isReplaced()) {
        close();
        return read();
      }
      return piece;
    } catch (IOException e) {
      throw new AnalyzeException(path + " can't be followed: " + e.getMessage(), e);
    }
  }

  private boolean open() throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    channel = Optional.of(FileChannel.open(path, StandardOpenOption.READ));
    identity = identity();
    rest = new byte[0];
    lines = 0;
    return true;
  }

  private Optional<Object> identity() throws IOException {
    return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private boolean isReplaced() throws IOException {
    if (!Files.isRegularFile(path)) {
      return false; // between the two steps of a rotation: the old one may still grow
    }
    return !Objects.equals(identity(), identity);
  }

  private byte[] more() throws IOException {
    FileChannel file = channel.orElseThrow();
    if (file.size() < file.position()) { // copied and cut off
      file.position(0);
      rest = new byte[0];
      lines = 0;
    }
    ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    int read = file.read(buffer);
    if (read <= 0) {
      return new byte[0];
    }
    byte[] all = Arrays.copyOf(rest, rest.length + read);
    System.arraycopy(buffer.array(), 0, all, rest.length, read);
    int whole = Places.lastIndexOf(all, '\n', 0, all.length) + 1;
    boolean endless = whole == 0 && all.length > FileStream.LONGEST_LINE;
    whole = endless ? all.length : whole;
    rest = Arrays.copyOfRange(all, whole, all.length);
    return whole == 0 ? more() : Arrays.copyOf(all, whole);
  }

  /** Lines given out before the last piece. */
  long lines() {
    return lines;
  }

  void counted(int more) {
    lines += more;
  }

  void close() {
    channel.ifPresent(open -> {
      try {
        open.close();
      } catch (IOException e) {
        throw new AnalyzeException(path + " can't be closed: " + e.getMessage(), e);
      }
    });
    channel = Optional.empty();
  }
}
