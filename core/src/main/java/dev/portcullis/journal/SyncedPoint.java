package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where the last segment is known to be on the disk. Written after each fsync, before anyone
 * is told, and itself not synced: after a power cut it may tell an earlier point, never a later
 * one. Damage before it is therefore none that a power cut makes.
 *
 * <p>It speaks of one very file: a copy has another inode, and none is known of it.
 */
final class SyncedPoint implements AutoCloseable {
  static final String FILE = "synced";
  private static final int BYTES = 8 + 8 + 8 + 4;
  private static final Logger LOG = LoggerFactory.getLogger(SyncedPoint.class);

  private final Path journal;
  private Optional<FileChannel> channel = Optional.empty();
  private Path segment = Path.of("");
  private long inode;
  private boolean failed;

  SyncedPoint(Path journal) {
    this.journal = journal;
  }

  /** The byte up to which that segment is on the disk; 0 if nothing is known. */
  static long read(Path journal, Path segment) throws IOException {
    Path file = journal.resolve(FILE);
    if (!Files.exists(file)) {
      return 0;
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      return 0;
    }
    var in = new ByteSource(bytes, 0, BYTES);
    long firstSequence = in.getLong();
    long inode = in.getLong();
    long offset = in.getLong();
    boolean sound =
        in.getInt() == RecordFormat.checksum(bytes, 0, BYTES - Integer.BYTES, new CRC32C())
            && firstSequence == SegmentPaths.firstSequence(segment)
            && inode == inode(segment);
    return sound ? offset : 0;
  }

  /** A point that can't be written only makes a later opening less strict. */
  void write(Path synced, long offset) {
    try {
      if (!synced.equals(segment)) {
        segment = synced;
        inode = inode(synced);
      }
      if (channel.isEmpty()) {
        channel =
            Optional.of(
                FileChannel.open(
                    journal.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      }
      var out = new ByteSink(BYTES);
      out.putLong(SegmentPaths.firstSequence(synced));
      out.putLong(inode);
      out.putLong(offset);
      out.putInt(RecordFormat.checksum(out.array(), 0, out.length(), new CRC32C()));
      var buffer = ByteBuffer.wrap(out.toBytes());
      while (buffer.hasRemaining()) {
        channel.get().write(buffer, buffer.position());
      }
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("{} can't be written: {}", journal.resolve(FILE), e.getMessage());
      }
      failed = true;
    }
  }

  private static long inode(Path file) throws IOException {
    try {
      return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    } catch (UnsupportedOperationException | IllegalArgumentException noSuchThingHere) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      channel.get().close();
      channel = Optional.empty();
    }
  }
}
