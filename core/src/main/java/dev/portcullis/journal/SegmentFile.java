package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as the journal uses it; tests put failing disks here. */
interface SegmentFile extends AutoCloseable {
  /** Opens files. */
  interface Opener {
    /** For reading and writing, created if it isn't there. */
    SegmentFile open(Path file) throws IOException;
  }

  /** May write less than asked. */
  int write(ByteBuffer source, long position) throws IOException;

  /** Returns -1 at the end. */
  int read(ByteBuffer target, long position) throws IOException;

  void truncate(long size) throws IOException;

  /** Makes what was written durable. */
  void force() throws IOException;

  long size() throws IOException;

  @Override
  void close() throws IOException;

  /** The real disk. */
  static SegmentFile open(Path file) throws IOException {
    return new OnDisk(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** The real disk, an existing file, for reading alone. */
  static SegmentFile openToRead(Path file) throws IOException {
    return new OnDisk(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Writes all of it. */
  static void writeFully(SegmentFile file, ByteBuffer source, long position) throws IOException {
    long at = position;
    while (source.hasRemaining()) {
      int written = file.write(source, at);
      if (written <= 0) {
        throw new IOException("The disk took none of " + source.remaining() + " bytes");
      }
      at += written;
    }
  }

  /** A channel. */
  record OnDisk(FileChannel channel) implements SegmentFile {
    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      return channel.write(source, position);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
