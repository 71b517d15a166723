package dev.portcullis.journal;

import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import java.util.Optional;

/** Compares the records that name new keys with the chain of keys: both must tell the same. */
final class KeyRecords {
  private final KeyChain chain;

  KeyRecords(KeyChain chain) {
    this.chain = chain;
  }

  /** What is wrong with that record, met at that leaf. */
  Optional<Damaged> meet(WalkedSegment walked, int record, long leaf, long sequence) {
    Optional<String> said = walked.newKey(record);
    Optional<KeyRotation> expected = chain.at(leaf);
    if (said.equals(expected.map(KeyRotation::note))) {
      return Optional.empty();
    }
    String problem =
        said.isEmpty()
            ? "should name a new key, as %s says, and doesn't".formatted(KeyChain.FILE)
            : "names a new key that %s does not name there: one of them was forged%s"
                .formatted(KeyChain.FILE, chain.broken().map(broken -> ". " + broken).orElse(""));
    String file = JournalVerifier.name(walked.path());
    return Optional.of(
        new Damaged(
            file,
            walked.offset(record),
            sequence,
            What.KEY,
            "Record %d of the tree (%s, byte %d) %s"
                .formatted(leaf, file, walked.offset(record), problem)));
  }

  /** What is wrong when all records were met. */
  Optional<Damaged> end(long size) {
    return chain
        .broken()
        .or(() ->
            // one that is announced and not yet recorded is the next record
            chain
                .lastRotation()
                .filter(rotation -> rotation.leaf() > size)
                .map(rotation ->
                    "%s names a key from record %d on, and there are only %d"
                        .formatted(KeyChain.FILE, rotation.leaf(), size)))
        .map(problem -> new Damaged(KeyChain.FILE, 0, -1, What.KEY, problem));
  }
}
