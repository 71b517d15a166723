package dev.portcullis.journal;

import dev.portcullis.crypto.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code journal.pub}, {@code journal.keys}, {@code checkpoint} (the last one), {@code
 * checkpoint.cosigned} (the last one that a witness signed too) and {@code checkpoints.log} (all of
 * them, the old ones thinned out, an empty line after each). Thread-safe.
 */
final class CheckpointFiles {
  static final String LAST = "checkpoint";
  static final String COSIGNED = "checkpoint.cosigned";
  static final String ALL = "checkpoints.log";
  static final String PUBLIC_KEY = "journal.pub";

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

  private final Path directory;
  private final List<SigningKey> keys;
  private final KeyChain chain;
  private final SigningKey signer;
  private final JournalMeters meters;
  private final NoteLog log;
  private final ReentrantLock writing = new ReentrantLock();
  private Optional<Checkpoint> cosigned = Optional.empty();
  private long thinAt = CheckpointThinning.MIN_BYTES;
  private volatile Optional<Checkpoint> last = Optional.empty();

  private CheckpointFiles(
      Path directory,
      List<SigningKey> keys,
      KeyChain chain,
      SigningKey signer,
      JournalMeters meters) {
    this.directory = directory;
    this.keys = keys;
    this.chain = chain;
    this.signer = signer;
    this.meters = meters;
    this.log = new NoteLog(directory.resolve(ALL));
  }

  /**
   * Makes the files ready.
   *
   * @param keys the node's, the newest last: the one that the chain of keys ends with is used
   * @throws JournalException if they are another key's or were altered
   */
  static CheckpointFiles open(
      Path directory, List<SigningKey> keys, String origin, JournalMeters meters)
      throws IOException {
    var newest = new VerifierKey(origin, keys.getLast().publicKey());
    Path publicKey = directory.resolve(PUBLIC_KEY);
    if (!Files.exists(publicKey)) {
      NoteLog.write(publicKey, newest + "\n");
    }
    var first = VerifierKey.parse(Files.readString(publicKey));
    new NoteLog(directory.resolve(KeyChain.FILE)).cutUnfinished();
    var chain = KeyChain.read(directory.resolve(KeyChain.FILE), first);
    if (chain.broken().isPresent()) {
      throw new JournalException(chain.broken().get() + ": " + wayOut(directory));
    }
    Optional<SigningKey> signer = find(keys, chain.last());
    if (signer.isEmpty() || !first.name().equals(origin)) {
      throw new JournalException(
          ("%s names another key or origin than this node's (%s): start with the keys and the node"
                  + " name that wrote this journal, or move the journal's directory aside to begin"
                  + " a new one")
              .formatted(publicKey, newest));
    }
    var files = new CheckpointFiles(directory, keys, chain, signer.get(), meters);
    files.log.cutUnfinished();
    files.readLast();
    files.thinIfLong();
    return files;
  }

  private static Optional<SigningKey> find(List<SigningKey> keys, VerifierKey wanted) {
    return keys.stream()
        .filter(key -> Arrays.equals(key.publicKey(), wanted.publicKey()))
        .findFirst();
  }

  private void readLast() throws IOException {
    Path file = directory.resolve(LAST);
    if (!Files.exists(file)) {
      return;
    }
    last = Checkpoint.parse(Files.readString(file)).filter(chain::signed);
    if (last.isEmpty()) {
      throw new JournalException(
          file + " is not signed by this journal's key: " + wayOut(directory));
    }
  }

  static String wayOut(Path directory) {
    return "run 'portcullis journal verify "
        + directory
        + "' to see what is wrong, keep the directory as evidence, and restore it from a copy or"
        + " move it aside to begin a new one";
  }

  /** The last tree signed. */
  Optional<TreeHead> signed() {
    return last.map(Checkpoint::head);
  }

  /** The last checkpoint. */
  Optional<Checkpoint> last() {
    return last;
  }

  /** Size of the last tree signed. */
  long signedSize() {
    return last.map(checkpoint -> checkpoint.head().size()).orElse(0L);
  }

  /** A new key that is named, but whose record was not written yet to a tree of that size. */
  Optional<KeyRotation> unrecorded(long size) {
    return chain.lastRotation().filter(rotation -> rotation.leaf() == size);
  }

  /** The key that signs. */
  SigningKey signer() {
    return signer;
  }

  /** Signs and writes; the tree must be durable. A failure is logged, and the next one is due. */
  void sign(TreeHead head) {
    writing.lock();
    try {
      if (head.size() <= signedSize()) {
        return;
      }
      String note = note(head);
      log.append(note);
      NoteLog.write(directory.resolve(LAST), note);
      last = Checkpoint.parse(note);
      thinIfLong();
    } catch (IOException | RuntimeException e) {
      meters.checkpointFailed();
      LOG.warn("No checkpoint could be written, the next will be tried in time", e);
    } finally {
      writing.unlock();
    }
  }

  private String note(TreeHead head) {
    String text = Checkpoint.text(chain.last().name(), head);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String note = text + "\n" + Checkpoint.signature(chain.last(), signer.sign(bytes));
    // the first one of a new key is signed by the old one too, if that is still there
    return chain
        .lastRotation()
        .filter(rotation -> rotation.leaf() + 1 == head.size())
        .flatMap(rotation ->
            find(keys, rotation.from())
                .map(old -> note + Checkpoint.signature(rotation.from(), old.sign(bytes))))
        .orElse(note);
  }

  /** Keeps what somebody else has signed under a checkpoint, verified. */
  void add(Checkpoint checkpoint, String signature) throws IOException {
    writing.lock();
    try {
      Checkpoint known =
          cosigned.filter(c -> c.head().equals(checkpoint.head())).orElse(checkpoint);
      Checkpoint more = known.with(signature);
      log.append(more.note());
      NoteLog.write(directory.resolve(COSIGNED), more.note());
      cosigned = Optional.of(more);
      if (last.isPresent() && last.get().head().equals(checkpoint.head())) {
        NoteLog.write(directory.resolve(LAST), more.note());
        last = Optional.of(more);
      }
    } finally {
      writing.unlock();
    }
  }

  private void thinIfLong() throws IOException {
    if (log.size() < thinAt) {
      return;
    }
    CheckpointThinning.thin(
        log, size -> chain.at(size - 1).isPresent() || TimestampFiles.exists(directory, size));
    thinAt = Math.max(CheckpointThinning.MIN_BYTES, 2 * log.size());
  }
}
