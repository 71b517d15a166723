package dev.portcullis.journal;

import java.nio.file.Path;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * Makes proofs that stand on their own from a journal's directory, or a copy of it, running or not.
 * Nothing is given out that does not lead to the root that was signed.
 */
public final class Prover implements AutoCloseable {
  private final Path journal;
  private final Proofs proofs;

  /** Of that journal; throws {@link JournalException} if there is none. */
  public Prover(Path journal) {
    this.journal = journal;
    this.proofs = Proofs.of(journal);
  }

  /** The hashes behind it. */
  public Proofs proofs() {
    return proofs;
  }

  /**
   * That an exchange is in the journal.
   *
   * @param size of the tree whose checkpoint is taken; the last one's if empty
   * @throws JournalException if there is no such exchange or checkpoint, or the hash files are
   *     damaged; or the exchange was archived, so that its record is not in the directory
   */
  public TlogProof inclusion(long sequence, OptionalLong size) {
    long leaf =
        proofs
            .leafOf(sequence)
            .orElseThrow(() -> archived("where sequence " + sequence + " stands in the tree"));
    byte[] record =
        proofs.record(leaf).orElseThrow(() -> archived("the record of sequence " + sequence));
    return inclusion(leaf, record, size);
  }

  /**
   * That a record is in the journal.
   *
   * @param record type and payload, which must be that leaf's
   * @param size as above
   */
  public TlogProof inclusion(long leaf, byte[] record, OptionalLong size) {
    Checkpoint checkpoint = checkpoint(size);
    if (leaf >= checkpoint.head().size()) {
      throw new JournalException(
          "Record %d is newer than the checkpoint over %d records: wait for the next one (journal.checkpoint-interval)"
              .formatted(leaf, checkpoint.head().size()));
    }
    var path = proofs.inclusion(leaf, checkpoint.head().size());
    byte[] root = Base64.getDecoder().decode(checkpoint.head().root());
    if (!ProofCheck.inclusion(
        ProofCheck.leafHash(record), leaf, checkpoint.head().size(), path, root)) {
      throw new JournalException(
          "Record %d does not lead to the root that was signed: it or the hash files were altered; run 'portcullis journal verify %s'"
              .formatted(leaf, journal));
    }
    return new TlogProof(
        Base64.getEncoder().encodeToString(record),
        leaf,
        ProofCheck.encoded(path),
        checkpoint.note());
  }

  /**
   * That nothing of a tree was changed until another.
   *
   * @param from size of the first
   * @param to of the second, over which a checkpoint was signed; the last one's if empty
   */
  public ConsistencyProof consistency(long from, OptionalLong to) {
    Checkpoint checkpoint = checkpoint(to);
    SignedCheckpoints.requireRoot(proofs, checkpoint);
    return new ConsistencyProof(
        Base64.getEncoder().encodeToString(proofs.root(from)),
        from,
        ProofCheck.encoded(proofs.consistency(from, checkpoint.head().size())),
        checkpoint.note());
  }

  private Checkpoint checkpoint(OptionalLong size) {
    return size.isPresent()
        ? SignedCheckpoints.of(journal, size.getAsLong())
        : SignedCheckpoints.last(journal);
  }

  private JournalException archived(String what) {
    return new JournalException(
        "The segment that tells %s was archived or taken away from %s: put it, or its copy, back beside its hash file"
            .formatted(what, journal));
  }

  @Override
  public void close() {
    proofs.close();
  }
}
