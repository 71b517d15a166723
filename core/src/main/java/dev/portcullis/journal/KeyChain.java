package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that have signed a journal, from the first on: each names its successor. Whoever trusts
 * the first trusts them all, each for the trees of its time.
 */
final class KeyChain {
  /** In the journal's directory: every rotation. */
  static final String FILE = "journal.keys";

  private final VerifierKey first;
  private final List<KeyRotation> rotations = new ArrayList<>();
  private Optional<String> broken = Optional.empty();

  KeyChain(VerifierKey first) {
    this.first = first;
  }

  /** From that key on, as far as the chain is whole. */
  static KeyChain read(Path file, VerifierKey first) throws IOException {
    var chain = new KeyChain(first);
    new NoteLog(file).read((note, offset) -> chain.add(note, offset));
    return chain;
  }

  /**
   * From that key on, by what the file {@link #FILE} of a journal holds; what comes before the key
   * is passed over, so that one may trust a later key than the first.
   */
  static KeyChain of(String notes, VerifierKey first) {
    var chain = new KeyChain(first);
    int start = 0;
    int text = notes.indexOf("\n\n");
    while (text >= 0) {
      int end = notes.indexOf("\n\n", text + 2);
      String note = notes.substring(start, end < 0 ? notes.length() : end + 1);
      boolean before =
          chain.rotations.isEmpty()
              && KeyRotation.parse(note).filter(each -> !each.from().equals(first)).isPresent();
      if (!before) {
        chain.add(note, start);
      }
      start = end < 0 ? notes.length() : end + 2;
      text = end < 0 ? -1 : notes.indexOf("\n\n", start);
    }
    return chain;
  }

  private void add(String note, long offset) {
    if (broken.isPresent()) {
      return;
    }
    Optional<KeyRotation> rotation = KeyRotation.parse(note);
    String problem = "";
    if (rotation.isEmpty()) {
      problem = "is not the naming of a new key";
    } else if (!rotation.get().from().equals(last())) {
      problem = "is not about the key that signed until then";
    } else if (!rotations.isEmpty() && rotation.get().leaf() <= rotations.getLast().leaf()) {
      problem = "stands before an earlier one";
    } else if (!rotation.get().isSigned()) {
      problem = "is not signed by the key that signed until then";
    }
    if (problem.isEmpty()) {
      rotation.ifPresent(rotations::add);
    } else {
      broken =
          Optional.of(
              "The chain of keys is broken: entry %d of %s (byte %d) %s"
                  .formatted(rotations.size() + 1, FILE, offset, problem));
    }
  }

  /** Where it stops being a chain, if it does. */
  Optional<String> broken() {
    return broken;
  }

  VerifierKey last() {
    return rotations.isEmpty() ? first : rotations.getLast().to();
  }

  Optional<KeyRotation> lastRotation() {
    return rotations.isEmpty() ? Optional.empty() : Optional.of(rotations.getLast());
  }

  List<KeyRotation> rotations() {
    return List.copyOf(rotations);
  }

  Optional<KeyRotation> at(long leaf) {
    return rotations.stream().filter(rotation -> rotation.leaf() == leaf).findFirst();
  }

  /** The key that signs trees of that size. */
  VerifierKey signing(long size) {
    VerifierKey key = first;
    for (KeyRotation rotation : rotations) {
      if (rotation.leaf() < size) {
        key = rotation.to();
      }
    }
    return key;
  }

  /** Whether the key of that tree's time signed it. */
  boolean signed(Checkpoint checkpoint) {
    return checkpoint.isSignedBy(signing(checkpoint.head().size()));
  }
}
