package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The records of a journal in files, running or not. */
final class FileRecords implements JournalRecords {
  private final Path journal;

  FileRecords(Path journal) {
    this.journal = journal;
  }

  @Override
  public TrustedKeys keys() {
    boolean rotated = Files.exists(journal.resolve(KeyChain.FILE));
    return TrustedKeys.of(read(CheckpointFiles.PUBLIC_KEY), rotated ? read(KeyChain.FILE) : "");
  }

  @Override
  public Optional<SignedTree> signed() {
    if (!Files.exists(journal.resolve(CheckpointFiles.LAST))) {
      return Optional.empty();
    }
    TrustedKeys keys = keys();
    return Optional.of(
        SignedTree.open(read(CheckpointFiles.LAST), keys)
            .orElseThrow(() ->
                new JournalException(
                    "%s is not signed by %s: %s"
                        .formatted(
                            journal.resolve(CheckpointFiles.LAST),
                            keys.last().name(),
                            CheckpointFiles.wayOut(journal)))));
  }

  private String read(String name) {
    try {
      return Files.readString(journal.resolve(name));
    } catch (IOException e) {
      throw new JournalException(journal.resolve(name) + " can't be read: " + e, e);
    }
  }

  @Override
  public long written() {
    try (var proofs = Proofs.of(journal)) {
      return proofs.size();
    }
  }

  @Override
  public RecordCursor open(SignedTree tree) {
    try {
      return new FileRecordCursor(SegmentPaths.list(journal), Proofs.of(journal), tree.size());
    } catch (IOException e) {
      throw new JournalException("The segments of " + journal + " can't be listed: " + e, e);
    }
  }
}
