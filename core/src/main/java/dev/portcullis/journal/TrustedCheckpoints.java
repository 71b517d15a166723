package dev.portcullis.journal;

import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The checkpoints that the key has signed, by size, and the first that it has not. */
final class TrustedCheckpoints {
  private final KeyChain chain;
  private final Attestations attestations;
  private final List<TreeHead> heads = new ArrayList<>();
  private Optional<Damaged> untrusted = Optional.empty();

  private TrustedCheckpoints(KeyChain chain, Attestations attestations) {
    this.chain = chain;
    this.attestations = attestations;
  }

  static TrustedCheckpoints read(Path directory, KeyChain chain, Attestations attestations)
      throws IOException {
    var trusted = new TrustedCheckpoints(chain, attestations);
    new NoteLog(directory.resolve(CheckpointFiles.ALL))
        .read((note, offset) -> trusted.add(note, CheckpointFiles.ALL, offset));
    trusted.addWhole(directory, CheckpointFiles.COSIGNED);
    trusted.addWhole(directory, CheckpointFiles.LAST);
    trusted.heads.sort(Comparator.comparingLong(TreeHead::size).thenComparing(TreeHead::root));
    var distinct = List.copyOf(new LinkedHashSet<>(trusted.heads));
    trusted.heads.clear();
    trusted.heads.addAll(distinct);
    return trusted;
  }

  private void addWhole(Path directory, String name) throws IOException {
    Path file = directory.resolve(name);
    if (Files.exists(file)) {
      add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), name, 0);
    }
  }

  private void add(String note, String file, long offset) {
    Optional<Checkpoint> checkpoint = Checkpoint.parse(note).filter(chain::signed);
    if (checkpoint.isEmpty()) {
      refuse(
          file,
          offset,
          "The checkpoint at byte %d of %s is not signed by %s: it was altered, or another key signed it"
              .formatted(offset, file, chain.last().name()));
      return;
    }
    TreeHead head = checkpoint.get().head();
    if (heads.isEmpty() || !heads.getLast().equals(head)) {
      heads.add(head);
    }
    attestations.cosigned(checkpoint.get()).ifPresent(problem -> refuse(file, offset, problem));
  }

  private void refuse(String file, long offset, String problem) {
    if (untrusted.isEmpty()) {
      untrusted =
          Optional.of(
              new Damaged(
                  file,
                  offset,
                  -1,
                  chain.broken().isPresent() ? What.KEY : What.SIGNATURE,
                  chain.broken().map(broken -> broken + ". ").orElse("") + problem));
    }
  }

  List<TreeHead> heads() {
    return heads;
  }

  Optional<Damaged> untrusted() {
    return untrusted;
  }

  /** The one of that size. */
  Optional<TreeHead> at(long size) {
    return covering(size - 1).filter(head -> head.size() == size);
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
