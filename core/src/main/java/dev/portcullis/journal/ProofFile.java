package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Checks a proof from its file and a public key alone. */
public final class ProofFile {
  private final KeyChain chain;

  private ProofFile(KeyChain chain) {
    this.chain = chain;
  }

  /**
   * With that key.
   *
   * @param vkey of the journal; the first one's where {@code keys} is given
   * @param keys a copy of {@code journal.keys}, where the key was changed
   * @throws JournalException if the key is none, or the chain is broken
   */
  public static ProofFile checkedWith(String vkey, Optional<Path> keys) {
    var first = VerifierKey.parse(vkey);
    if (keys.isEmpty()) {
      return new ProofFile(new KeyChain(first));
    }
    try {
      var chain = KeyChain.read(keys.get(), first);
      if (chain.broken().isPresent()) {
        throw new JournalException(chain.broken().get());
      }
      return new ProofFile(chain);
    } catch (IOException e) {
      throw new JournalException(keys.get() + " can't be read: " + e, e);
    }
  }

  /**
   * What it proves.
   *
   * @param valid whether it does
   * @param kind {@code inclusion} or {@code consistency}
   * @param size records in the tree of its checkpoint
   * @param leaf the record's place (inclusion), or the records in the first tree (consistency)
   * @param exchange what the record says, if it is an exchange's
   * @param text for people
   */
  public record Checked(
      boolean valid, String kind, long size, long leaf, Optional<Exchange> exchange, String text) {}

  /**
   * Checks it.
   *
   * @param old of a consistency proof: the first tree's checkpoint, as it was kept elsewhere
   * @throws JournalException if it is no proof at all
   */
  public Checked check(String proof, Optional<String> old) {
    return proof.startsWith(ConsistencyProof.FIRST_LINE)
        ? check(ConsistencyProof.parse(proof), old)
        : check(TlogProof.parse(proof));
  }

  private Checked check(TlogProof proof) {
    Checkpoint checkpoint = parse(proof.checkpoint());
    long size = checkpoint.head().size();
    if (proof.record().isEmpty()) {
      throw TlogProof.broken("it does not carry the record (a line 'extra')");
    }
    byte[] record = TlogProof.bytes(proof.record());
    if (!chain.signed(checkpoint)) {
      return wrong("inclusion", size, proof.index(), unsigned());
    }
    byte[] root = Base64.getDecoder().decode(checkpoint.head().root());
    if (!ProofCheck.inclusion(
        ProofCheck.leafHash(record), proof.index(), size, proof.hashes(), root)) {
      return wrong(
          "inclusion",
          size,
          proof.index(),
          "The record in it does not lead to the root that was signed: it is not in that journal");
    }
    Optional<Exchange> exchange = exchange(record);
    return new Checked(
        true,
        "inclusion",
        size,
        proof.index(),
        exchange,
        "Record %d is in the tree of %,d records that %s has signed%s"
            .formatted(
                proof.index(),
                size,
                checkpoint.origin(),
                exchange
                    .map(e ->
                        ": %s %s %s, status %d".formatted(e.at(), e.method(), e.path(), e.status()))
                    .orElse("")));
  }

  private Checked check(ConsistencyProof proof, Optional<String> old) {
    Checkpoint checkpoint = parse(proof.checkpoint());
    long size = checkpoint.head().size();
    if (!chain.signed(checkpoint)) {
      return wrong("consistency", size, proof.oldSize(), unsigned());
    }
    if (old.isPresent()) {
      Checkpoint kept = parse(old.get());
      if (!chain.signed(kept)) {
        return wrong("consistency", size, proof.oldSize(), "The kept one: " + unsigned());
      }
      if (!kept.head().equals(new TreeHead(proof.oldSize(), proof.oldRoot()))) {
        return wrong(
            "consistency",
            size,
            proof.oldSize(),
            "The proof begins at another tree than the checkpoint that was kept (%d records)"
                .formatted(kept.head().size()));
      }
    }
    List<byte[]> hashes = proof.proof().stream().map(TlogProof::hash).toList();
    if (!ProofCheck.consistency(
        proof.oldSize(),
        TlogProof.hash(proof.oldRoot()),
        size,
        TlogProof.hash(checkpoint.head().root()),
        hashes)) {
      return wrong(
          "consistency",
          size,
          proof.oldSize(),
          "The tree of %d records does not begin with that of %d: history was rewritten"
              .formatted(size, proof.oldSize()));
    }
    return new Checked(
        true,
        "consistency",
        size,
        proof.oldSize(),
        Optional.empty(),
        "The tree of %,d records that %s has signed begins with the one of %,d records and the root %s"
            .formatted(size, checkpoint.origin(), proof.oldSize(), proof.oldRoot()));
  }

  private static Checkpoint parse(String note) {
    return Checkpoint.parse(note)
        .orElseThrow(() -> TlogProof.broken("what stands where a checkpoint should is none"));
  }

  private static Optional<Exchange> exchange(byte[] record) {
    try {
      return record.length > 0 && record[0] == RecordFormat.EXCHANGE
          ? Optional.of(ExchangeCodec.decode(record, 1, record.length - 1))
          : Optional.empty();
    } catch (JournalException ofANewerVersion) {
      return Optional.empty();
    }
  }

  private String unsigned() {
    return "The checkpoint is not signed by " + chain.last().name() + " with that key";
  }

  private static Checked wrong(String kind, long size, long leaf, String text) {
    return new Checked(false, kind, size, leaf, Optional.empty(), text);
  }
}
