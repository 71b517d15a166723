package dev.portcullis.journal;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Hands a journal that nobody has open over to a new signing key. The new key is named in the
 * journal itself: first in {@code journal.keys}, then, as the very next record, in the tree. A
 * process killed in between leaves an announced key whose record the next opening writes.
 */
public final class KeyRotator {
  private final Path directory;
  private final JournalSettings settings;
  private final String origin;
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;

  /** Of the journal in that directory; parameters as of {@link FileJournal#open}. */
  public KeyRotator(
      Path directory,
      JournalSettings settings,
      String origin,
      Pseudonyms pseudonyms,
      InstantSource clock) {
    this.directory = directory;
    this.settings = settings;
    this.origin = origin;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param leaf record that names the new key
   * @param from verifier key that signed until then
   * @param to verifier key that signs from then on
   */
  public record Rotated(long leaf, String from, String to) {}

  /**
   * Rotates.
   *
   * @param keys all there are, the newest last
   * @param next makes a new one, durably; one that an interrupted rotation left behind is taken
   *     instead
   * @throws JournalException if the journal is in use, damaged, or can't be written
   */
  public Rotated rotate(List<SigningKey> keys, Supplier<SigningKey> next) {
    // what is unfinished is finished, and all is signed by the old key
    open(keys).close();
    var all = new ArrayList<>(keys);
    var rotation = announce(all, next);
    open(all).close();
    return new Rotated(rotation.leaf(), rotation.from().toString(), rotation.to().toString());
  }

  private KeyRotation announce(List<SigningKey> keys, Supplier<SigningKey> next) {
    try (var lock = DirectoryLock.acquire(directory)) {
      var meters = new JournalMeters(new SimpleMeterRegistry());
      var checkpoints = CheckpointFiles.open(directory, keys, origin, meters);
      Opening.Opened opened =
          new Opening(directory, SegmentFile::open, checkpoints.signed(), meters).open();
      opened.active().close();
      if (opened.tree().size() != checkpoints.signedSize()) {
        throw new JournalException(
            "The last checkpoint of %s could not be signed, so the key was not changed: see the"
                    .formatted(directory)
                + " log, and try again");
      }
      SigningKey old = checkpoints.signer();
      SigningKey fresh = keys.getLast();
      if (fresh == old) {
        fresh = next.get();
        keys.add(fresh);
      }
      var rotation =
          KeyRotation.sign(origin, checkpoints.signedSize(), old, fresh, clock.instant());
      new NoteLog(directory.resolve(KeyChain.FILE)).append(rotation.note());
      SegmentPaths.sync(directory);
      return rotation;
    } catch (IOException e) {
      throw new JournalException(
          "The keys of %s can't be changed: %s; nothing was changed".formatted(directory, e), e);
    }
  }

  private FileJournal open(List<SigningKey> keys) {
    return FileJournal.open(
        directory,
        settings.alone(),
        keys,
        origin,
        pseudonyms,
        clock,
        new SimpleMeterRegistry(),
        SegmentFile::open);
  }

  /** The verifier key that signs a journal now: the end of its chain of keys. */
  public static Optional<String> current(Path directory, String vkey) {
    try {
      var chain = KeyChain.read(directory.resolve(KeyChain.FILE), VerifierKey.parse(vkey));
      return chain.broken().isPresent() ? Optional.empty() : Optional.of(chain.last().toString());
    } catch (IOException e) {
      throw new JournalException("The keys of %s can't be read: %s".formatted(directory, e), e);
    }
  }
}
