package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeSet;

/** The checkpoints of a journal's directory, as somebody else will check them. */
final class SignedCheckpoints {
  private SignedCheckpoints() {}

  /** The last one. Throws {@link JournalException} if there is none. */
  static Checkpoint last(Path journal) {
    Path file = journal.resolve(CheckpointFiles.LAST);
    try {
      if (Files.exists(file)) {
        return Checkpoint.parse(Files.readString(file))
            .orElseThrow(() ->
                new JournalException(
                    file + " is no checkpoint: " + CheckpointFiles.wayOut(journal)));
      }
    } catch (IOException e) {
      throw new JournalException(file + " can't be read: " + e, e);
    }
    throw new JournalException(
        ("There is no checkpoint in %s (expected: a journal's directory in which something was"
                + " recorded)")
            .formatted(journal));
  }

  /** The one over so many records, with the most signatures. */
  static Checkpoint of(Path journal, long size) {
    var nearest = new TreeSet<Long>();
    var found = new Checkpoint[1];
    try {
      new NoteLog(journal.resolve(CheckpointFiles.ALL))
          .read((note, offset) ->
              Checkpoint.parse(note)
                  .ifPresent(checkpoint -> {
                    nearest.add(checkpoint.head().size());
                    if (checkpoint.head().size() == size) {
                      found[0] = checkpoint;
                    }
                  }));
    } catch (IOException e) {
      throw new JournalException("The checkpoints of " + journal + " can't be read: " + e, e);
    }
    if (found[0] == null) {
      throw new JournalException(
          "No checkpoint was signed, or kept, over %d records (nearest: %s and %s)"
              .formatted(size, text(nearest.floor(size)), text(nearest.ceiling(size))));
    }
    return found[0];
  }

  private static String text(@org.jspecify.annotations.Nullable Long size) {
    return size == null ? "none" : size.toString();
  }

  /** Throws {@link JournalException} where the hash files don't give the root that was signed. */
  static void requireRoot(Proofs proofs, Checkpoint checkpoint) {
    long size = checkpoint.head().size();
    Optional<String> root =
        size <= proofs.size()
            ? Optional.of(Base64.getEncoder().encodeToString(proofs.root(size)))
            : Optional.empty();
    if (!root.equals(Optional.of(checkpoint.head().root()))) {
      throw new JournalException(
          "The hash files do not give the tree that the checkpoint over %d records has signed: run 'portcullis journal verify' to see what is wrong"
              .formatted(size));
    }
  }
}
