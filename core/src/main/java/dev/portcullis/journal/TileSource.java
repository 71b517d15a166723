package dev.portcullis.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tree of a running journal as C2SP {@code tlog-tiles} has it served: {@code checkpoint} and
 * {@code tile/<L>/<N>}. Made when asked for. Thread-safe.
 */
public final class TileSource {
  private final Path journal;
  private Optional<Proofs> proofs = Optional.empty();

  /** Of that journal. */
  public TileSource(Path journal) {
    this.journal = journal;
  }

  /** What there is under a name. */
  public static final class Resource {
    private final byte[] content;
    private final boolean mutable;

    private Resource(byte[] content, boolean mutable) {
      this.content = content;
      this.mutable = mutable;
    }

    /** Its bytes. */
    public byte[] content() {
      return content.clone();
    }

    /** Whether it may be another next time: the checkpoint. */
    public boolean mutable() {
      return mutable;
    }
  }

  /**
   * Answers.
   *
   * @param path after the prefix, without a slash in front
   */
  public synchronized Optional<Resource> find(String path) {
    Checkpoint last = SignedCheckpoints.last(journal);
    if (path.equals(CheckpointFiles.LAST)) {
      return Optional.of(new Resource(last.note().getBytes(StandardCharsets.UTF_8), true));
    }
    long size = last.head().size();
    // beyond what is signed there is nothing yet
    return TileName.parse(path)
        .filter(name -> name.isIn(size))
        .map(name -> new Resource(name.content(upTo(size)), false));
  }

  private Proofs upTo(long size) {
    if (proofs.isEmpty() || proofs.get().size() < size) {
      proofs.ifPresent(Proofs::close);
      proofs = Optional.of(Proofs.of(journal));
    }
    return proofs.get();
  }
}
