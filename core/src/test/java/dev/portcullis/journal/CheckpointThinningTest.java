package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.append;
import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.journal.Verification.Verified;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of checkpoints stays small, and what is left of it still verifies. */
class CheckpointThinningTest {
  @TempDir Path temporary;

  private static Checkpoint checkpoint(long size, String... signatures) {
    String root = "A".repeat(43) + "=";
    var head = new TreeHead(size, root);
    return new Checkpoint("o", head, Checkpoint.text("o", head), List.of(signatures));
  }

  private static List<Long> sizes(NoteLog log) throws Exception {
    var sizes = new ArrayList<Long>();
    log.read((note, offset) -> sizes.add(Checkpoint.parse(note).orElseThrow().head().size()));
    return sizes;
  }

  @Test
  void theNewestAndTheLastOfEachBlockAndWhatIsNeededStay() throws Exception {
    var log = new NoteLog(temporary.resolve("checkpoints.log"));
    var notes = new ArrayList<String>();
    String ours = Checkpoint.SIGNATURE + "o AAAA";
    String theirs = Checkpoint.SIGNATURE + "w AAAA";
    long step = CheckpointThinning.BLOCK / 8;
    int count = CheckpointThinning.NEWEST + 24;
    for (int i = 1; i <= count; i++) {
      notes.add(
          i == 11 ? checkpoint(i * step, ours, theirs).note() : checkpoint(i * step, ours).note());
    }
    log.replace(notes);
    CheckpointThinning.thin(log, size -> size == 2 * step);
    var left = new ArrayList<Long>();
    // needed, the last of the first block, the countersigned one, the last of the second, third
    for (int i : List.of(2, 8, 11, 16, 24)) {
      left.add(i * step);
    }
    for (int i = 25; i <= count; i++) {
      left.add(i * step);
    }
    assertThat(sizes(log)).isEqualTo(left);
    CheckpointThinning.thin(log, size -> size == 2 * step);
    assertThat(sizes(log)).isEqualTo(left);
  }

  @Test
  void aJournalWithALongLogOfCheckpointsThinsItAndVerifies() throws Exception {
    Path journal = temporary.resolve("journal");
    try (var written = open(journal, settings(1 << 20, Duration.ofNanos(1)))) {
      for (int i = 0; i < 300; i++) {
        append(written, numbered(i), Journal.Durability.SYNCED).get();
      }
    }
    Path file = journal.resolve("checkpoints.log");
    String all = Files.readString(file);
    // many times over: as if months had passed
    Files.writeString(
        file, all.repeat(1 + (int) (2 * CheckpointThinning.MIN_BYTES / all.length())));
    open(journal, settings(1 << 20, Duration.ofNanos(1))).close();
    assertThat(Files.size(file)).isLessThan(CheckpointThinning.MIN_BYTES);
    assertThat(JournalVerifier.verify(journal, Optional.empty()))
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              assertThat(verified.exchanges()).isEqualTo(300);
              assertThat(verified.unsigned()).isZero();
            });
  }
}
