package dev.portcullis.journal;

import dev.portcullis.crypto.CryptoException;
import dev.portcullis.crypto.Timestamps;
import dev.portcullis.journal.Verification.Attested;
import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what witnesses and time-stamping authorities have put their names under. */
final class Attestations {
  private final List<WitnessKey> witnesses;
  private final Optional<Path> authorities;

  /** A checkpoint and its line stand in more than one file. */
  private final Set<String> counted = new HashSet<>();

  private long cosignedSize;
  private Optional<Instant> cosignedAt = Optional.empty();
  private long timestamps;
  private long stampedSize;
  private Optional<Instant> stampedAt = Optional.empty();

  Attestations(Attestors attestors) {
    this.witnesses = attestors.witnesses().stream().map(WitnessKey::parse).toList();
    this.authorities = attestors.authorities();
  }

  /** What is wrong with the cosignatures under it: those of known witnesses must be right. */
  Optional<String> cosigned(Checkpoint checkpoint) {
    for (WitnessKey witness : witnesses) {
      for (String line : checkpoint.signatures()) {
        if (witness.isNamed(line) && !counted.contains(line)) {
          Optional<Instant> at = witness.signed(checkpoint.text(), line);
          if (at.isEmpty()) {
            return Optional.of(
                "The checkpoint over %d records bears a line of %s that it did not sign"
                    .formatted(checkpoint.head().size(), witness.name()));
          }
          counted.add(line);
          if (checkpoint.head().size() >= cosignedSize) {
            cosignedSize = checkpoint.head().size();
            cosignedAt = at;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a timestamp. */
  Optional<Damaged> stamped(Path directory, TrustedCheckpoints trusted, KeyChain chain) {
    try {
      for (Path file : TimestampFiles.list(directory)) {
        long size = TimestampFiles.size(file);
        Optional<TreeHead> head = trusted.at(size);
        if (head.isEmpty()) {
          return wrong(
              file, "is of a checkpoint over %d records, which isn't here".formatted(size));
        }
        Optional<Damaged> damaged = stamped(file, head.get(), chain);
        if (damaged.isPresent()) {
          return damaged;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Damaged> stamped(Path file, TreeHead head, KeyChain chain) throws IOException {
    String text = Checkpoint.text(chain.last().name(), head);
    if (Files.size(file) > TimestampFiles.MAX_BYTES) {
      return wrong(file, "is longer than a timestamp can be");
    }
    try {
      var stamp =
          Timestamps.verify(Files.readAllBytes(file), TimestampFiles.digest(text), authorities);
      timestamps++;
      stampedSize = head.size();
      stampedAt = Optional.of(stamp.at());
      return Optional.empty();
    } catch (CryptoException e) {
      return wrong(file, "is not one of that checkpoint: " + e.getMessage());
    }
  }

  private static Optional<Damaged> wrong(Path file, String problem) {
    String name = "timestamps/" + file.getFileName();
    return Optional.of(
        new Damaged(name, 0, -1, What.SIGNATURE, "The timestamp %s %s".formatted(name, problem)));
  }

  Attested attested() {
    return new Attested(
        counted.size(),
        cosignedSize,
        cosignedAt,
        timestamps,
        stampedSize,
        stampedAt,
        timestamps > 0 && authorities.isPresent());
  }
}
