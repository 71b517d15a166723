package dev.portcullis.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of signed notes, an empty line after each: written at its end, or whole. */
final class NoteLog {
  /** A note is a handful of short lines and some signatures; a longer one is none of ours. */
  static final int MAX_NOTE_CHARS = 16 << 10;

  /** More than one note is long. */
  private static final int TAIL_BYTES = 64 << 10;

  /** An em dash in UTF-8 and a space, each byte as one character. */
  private static final String SIGNATURE_BYTES = "\u00e2\u0080\u0094 ";

  private static final Logger LOG = LoggerFactory.getLogger(NoteLog.class);

  private final Path file;

  NoteLog(Path file) {
    this.file = file;
  }

  /** Is given the notes in order, as far as they are finished. */
  interface Reader {
    /** One of them, and where it begins in the file. */
    void note(String note, long offset);
  }

  /** Reads all; a file that isn't there has none. */
  void read(Reader reader) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (var in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      var note = new StringBuilder();
      long offset = 0;
      long next = 0;
      boolean signature = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        next += line.getBytes(StandardCharsets.UTF_8).length + 1;
        boolean ends = line.isEmpty() && signature;
        if (!ends) {
          signature = line.startsWith(Checkpoint.SIGNATURE);
          note.append(line).append('\n');
        }
        if (ends || note.length() > MAX_NOTE_CHARS) {
          reader.note(note.toString(), offset);
          note.setLength(0);
          signature = false;
          offset = next;
        }
      }
      // what is left is a note that a killed process did not finish: not yet a note
      if (!note.isEmpty() && signature) {
        reader.note(note.toString(), offset);
      }
    }
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Adds one and makes it durable; after an exception it is as before. */
  void append(String note) throws IOException {
    try (var log = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = log.size();
      try {
        writeFully(log, note + "\n", end);
        log.force(true);
      } catch (IOException e) {
        log.truncate(end);
        throw e;
      }
    }
  }

  /** Puts these in the place of all, durably, or changes nothing. */
  void replace(List<String> notes) throws IOException {
    write(file, String.join("\n", notes) + (notes.isEmpty() ? "" : "\n"));
  }

  /** A killed process may have left half a note. */
  void cutUnfinished() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (var log = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long from = Math.max(0, log.size() - TAIL_BYTES);
      var tail = ByteBuffer.allocate((int) (log.size() - from));
      while (tail.hasRemaining() && log.read(tail, from + tail.position()) > 0) {}
      long end = from + endOfLastNote(new String(tail.array(), StandardCharsets.ISO_8859_1));
      if (end < log.size()) {
        LOG.warn("{} ended in an unfinished note, which is cut off", file);
        log.truncate(end);
      }
    }
  }

  /** A note ends in a line that begins as signatures do, and an empty one. */
  private static int endOfLastNote(String notes) {
    int end = notes.lastIndexOf("\n\n");
    while (end >= 0) {
      int line = notes.lastIndexOf('\n', end - 1) + 1;
      if (notes.startsWith(SIGNATURE_BYTES, line)) {
        return end + 2;
      }
      end = notes.lastIndexOf("\n\n", end - 1);
    }
    return 0;
  }

  /** Writes a file whole and durable, by renaming. */
  static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file whole and durable, by renaming. */
  static void write(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + SegmentPaths.UNFINISHED);
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, buffer.position());
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      SegmentPaths.sync(directory);
    }
  }

  private static void writeFully(FileChannel channel, String text, long position)
      throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes, position + bytes.position());
    }
  }
}
