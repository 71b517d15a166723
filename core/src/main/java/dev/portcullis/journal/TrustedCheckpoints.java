package dev.portcullis.journal;

import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The checkpoints that the key has signed, by size, and the first that it has not. */
final class TrustedCheckpoints {
  /** A note is a handful of short lines; a longer one is none of ours. */
  private static final int MAX_NOTE_CHARS = 16 << 10;

  private final List<TreeHead> heads = new ArrayList<>();
  private Optional<Damaged> untrusted = Optional.empty();

  static TrustedCheckpoints read(Path directory, VerifierKey key) throws IOException {
    var trusted = new TrustedCheckpoints();
    Path all = directory.resolve(CheckpointFiles.ALL);
    if (Files.exists(all)) {
      trusted.readLog(all, key);
    }
    Path last = directory.resolve(CheckpointFiles.LAST);
    if (Files.exists(last)) {
      String note = new String(Files.readAllBytes(last), StandardCharsets.UTF_8);
      trusted.add(note, CheckpointFiles.LAST, 0, key);
    }
    trusted.heads.sort(Comparator.comparingLong(TreeHead::size));
    return trusted;
  }

  private void readLog(Path all, VerifierKey key) throws IOException {
    try (var in =
        new BufferedReader(
            new java.io.InputStreamReader(Files.newInputStream(all), StandardCharsets.UTF_8))) {
      var note = new StringBuilder();
      long offset = 0;
      long next = 0;
      boolean signature = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        next += line.getBytes(StandardCharsets.UTF_8).length + 1;
        boolean ends = line.isEmpty() && signature;
        if (!ends) {
          signature = line.startsWith("\u2014 ");
          note.append(line).append('\n');
        }
        if (ends || note.length() > MAX_NOTE_CHARS) {
          add(note.toString(), CheckpointFiles.ALL, offset, key);
          note.setLength(0);
          signature = false;
          offset = next;
        }
      }
      // what is left is a note that a killed process did not finish: not yet a checkpoint
      if (!note.isEmpty() && signature) {
        add(note.toString(), CheckpointFiles.ALL, offset, key);
      }
    }
  }

  private void add(String note, String file, long offset, VerifierKey key) {
    Optional<Checkpoint> checkpoint = Checkpoint.parse(note).filter(c -> c.isSignedBy(key));
    if (checkpoint.isPresent()) {
      TreeHead head = checkpoint.get().head();
      if (heads.isEmpty() || !heads.getLast().equals(head)) {
        heads.add(head);
      }
    } else if (untrusted.isEmpty()) {
      untrusted =
          Optional.of(
              new Damaged(
                  file,
                  offset,
                  -1,
                  What.SIGNATURE,
                  "The checkpoint at byte %d of %s is not signed by %s: it was altered, or another key signed it"
                      .formatted(offset, file, key.name())));
    }
  }

  List<TreeHead> heads() {
    return heads;
  }

  Optional<Damaged> untrusted() {
    return untrusted;
  }

  /** Records that some checkpoint covers. */
  long size() {
    return heads.isEmpty() ? 0 : heads.getLast().size();
  }

  /** The first that covers that leaf. */
  Optional<TreeHead> covering(long leaf) {
    int low = 0;
    int high = heads.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (heads.get(middle).size() > leaf) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < heads.size() ? Optional.of(heads.get(low)) : Optional.empty();
  }
}
