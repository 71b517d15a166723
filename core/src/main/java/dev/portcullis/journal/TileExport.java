package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongConsumer;

/**
 * Writes the tree of a journal as tiles (C2SP {@code tlog-tiles}) into a directory that any web
 * server can serve and any transparency-log tool can read: checkpoint and hashes, no records. What
 * is there already is kept, so that it can be continued, after an interruption too; the checkpoint
 * comes last.
 */
public final class TileExport {
  private final Path journal;
  private final Path out;

  /** From a journal, or a copy of one, into a directory. */
  public TileExport(Path journal, Path out) {
    this.journal = journal;
    this.out = out;
  }

  /**
   * What was done.
   *
   * @param size records in the tree
   * @param tiles written now
   */
  public record Exported(long size, long tiles) {}

  /**
   * Writes what is missing.
   *
   * @param progress told the number of tiles written, now and then
   * @throws JournalException if there is no signed checkpoint, the hash files don't give what it
   *     signs, or another journal's tiles are there
   */
  public Exported run(LongConsumer progress) {
    Checkpoint checkpoint = SignedCheckpoints.last(journal);
    long size = checkpoint.head().size();
    try (var proofs = Proofs.of(journal)) {
      SignedCheckpoints.requireRoot(proofs, checkpoint);
      long before = sizeBefore(proofs, size);
      Files.createDirectories(out);
      long written = 0;
      for (int level = 0; size >>> TileName.height(level) > 0; level++) {
        long hashes = size >>> TileName.height(level);
        long full = hashes / TileName.FULL;
        for (long index = before >>> TileName.height(level + 1); index < full; index++) {
          written += write(new TileName(level, index, TileName.FULL), proofs) ? 1 : 0;
          progress.accept(written);
        }
        int width = (int) (hashes % TileName.FULL);
        if (width > 0) {
          written += write(new TileName(level, full, width), proofs) ? 1 : 0;
        }
      }
      NoteLog.write(out.resolve(CheckpointFiles.LAST), checkpoint.note());
      return new Exported(size, written);
    } catch (IOException e) {
      throw new JournalException("The tiles can't be written to %s: %s".formatted(out, e), e);
    }
  }

  /** Size of the tree whose tiles are there, all of them. */
  private long sizeBefore(Proofs proofs, long size) throws IOException {
    Path file = out.resolve(CheckpointFiles.LAST);
    if (!Files.exists(file)) {
      return 0;
    }
    TreeHead head =
        Checkpoint.parse(Files.readString(file))
            .map(Checkpoint::head)
            .orElseThrow(
                () -> new JournalException(file + " is no checkpoint: name another --out"));
    if (head.size() > size
        || !head.root().equals(Base64.getEncoder().encodeToString(proofs.root(head.size())))) {
      throw new JournalException(
          "%s is of another tree than this journal's, or of a longer one: name another --out"
              .formatted(file));
    }
    return head.size();
  }

  private boolean write(TileName name, Proofs proofs) throws IOException {
    Path file = out.resolve(name.path());
    byte[] content = name.content(proofs);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return false;
    }
    Files.createDirectories(file.resolve("..").normalize());
    Path fresh = file.resolveSibling(file.getFileName() + SegmentPaths.UNFINISHED);
    Files.write(fresh, content);
    Files.move(
        fresh,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
