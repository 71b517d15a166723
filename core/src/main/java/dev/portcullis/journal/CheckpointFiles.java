package dev.portcullis.journal;

import dev.portcullis.crypto.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code journal.pub}, {@code checkpoint} (the last one) and {@code checkpoints.log} (all of them,
 * an empty line after each).
 */
final class CheckpointFiles {
  static final String LAST = "checkpoint";
  static final String ALL = "checkpoints.log";
  static final String PUBLIC_KEY = "journal.pub";

  /** More than one note is long. */
  private static final int TAIL_BYTES = 64 << 10;

  /** An em dash in UTF-8 and a space, each byte as one character. */
  private static final String SIGNATURE_BYTES = "\u00e2\u0080\u0094 ";

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

  private final Path directory;
  private final SigningKey signer;
  private final VerifierKey key;
  private final JournalMeters meters;
  private volatile long signedSize;

  CheckpointFiles(Path directory, SigningKey signer, String origin, JournalMeters meters) {
    this.directory = directory;
    this.signer = signer;
    this.key = new VerifierKey(origin, signer.publicKey());
    this.meters = meters;
  }

  /**
   * Makes the files ready and returns the last checkpoint.
   *
   * @throws JournalException if they are another key's or were altered
   */
  Optional<TreeHead> open() throws IOException {
    Path publicKey = directory.resolve(PUBLIC_KEY);
    if (!Files.exists(publicKey)) {
      write(publicKey, key + "\n");
    } else if (!Files.readString(publicKey).strip().equals(key.toString())) {
      throw new JournalException(
          ("%s names another key or origin than this node's (%s): start with the keys and the node"
                  + " name that wrote this journal, or move the journal's directory aside to begin"
                  + " a new one")
              .formatted(publicKey, key));
    }
    cutUnfinished();
    Path last = directory.resolve(LAST);
    if (!Files.exists(last)) {
      return Optional.empty();
    }
    TreeHead head =
        Checkpoint.parse(Files.readString(last))
            .filter(checkpoint -> checkpoint.isSignedBy(key))
            .map(Checkpoint::head)
            .orElseThrow(() ->
                new JournalException(
                    last + " is not signed by this journal's key: " + wayOut(directory)));
    signedSize = head.size();
    return Optional.of(head);
  }

  static String wayOut(Path directory) {
    return "run 'portcullis journal verify "
        + directory
        + "' to see what is wrong, keep the directory as evidence, and restore it from a copy or"
        + " move it aside to begin a new one";
  }

  /** Size of the last tree signed. */
  long signedSize() {
    return signedSize;
  }

  /** Signs and writes; the tree must be durable. A failure is logged, and the next one is due. */
  void sign(TreeHead head) {
    if (head.size() <= signedSize) {
      return;
    }
    String text = Checkpoint.text(key.name(), head);
    try {
      String note = Checkpoint.note(key, text, signer.sign(text.getBytes(StandardCharsets.UTF_8)));
      try (var log =
          FileChannel.open(
              directory.resolve(ALL), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        append(log, note + "\n");
      }
      write(directory.resolve(LAST), note);
      signedSize = head.size();
    } catch (IOException | RuntimeException e) {
      meters.checkpointFailed();
      LOG.warn("No checkpoint could be written, the next will be tried in time", e);
    }
  }

  private static void append(FileChannel log, String note) throws IOException {
    long end = log.size();
    try {
      writeFully(log, note, end);
      log.force(true);
    } catch (IOException e) {
      log.truncate(end);
      throw e;
    }
  }

  /** A killed process may have left half a note. */
  private void cutUnfinished() throws IOException {
    Path all = directory.resolve(ALL);
    if (!Files.exists(all)) {
      return;
    }
    try (var log = FileChannel.open(all, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long from = Math.max(0, log.size() - TAIL_BYTES);
      var tail = ByteBuffer.allocate((int) (log.size() - from));
      while (tail.hasRemaining() && log.read(tail, from + tail.position()) > 0) {}
      long end = from + endOfLastNote(new String(tail.array(), StandardCharsets.ISO_8859_1));
      if (end < log.size()) {
        LOG.warn("{} ended in an unfinished checkpoint, which is cut off", all);
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

  private void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + SegmentPaths.UNFINISHED);
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(channel, text, 0);
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    SegmentPaths.sync(directory);
  }

  private static void writeFully(FileChannel channel, String text, long position)
      throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes, position + bytes.position());
    }
  }
}
