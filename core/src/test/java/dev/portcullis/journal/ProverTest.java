package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs in files, for somebody who has the public key and nothing else. */
class ProverTest {
  @TempDir Path temporary;
  private Path journal;
  private String vkey = "";
  private String kept = "";

  @BeforeEach
  void aJournalWithACheckpointKeptElsewhere() throws Exception {
    journal = temporary.resolve("journal");
    write(0, 50);
    kept = Files.readString(journal.resolve("checkpoint"));
    write(50, 130);
    vkey = Files.readString(journal.resolve("journal.pub")).strip();
  }

  private void write(int from, int to) throws Exception {
    try (var written = open(journal, settings(3_000, TestJournals.NEVER))) {
      for (int i = from; i < to; i++) {
        record(written, numbered(i));
      }
    }
  }

  private ProofFile.Checked check(String proof, Optional<String> old) {
    return ProofFile.checkedWith(vkey, Optional.empty()).check(proof, old);
  }

  @Test
  void anExchangeIsProvedWithItsContent() {
    try (var prover = new Prover(journal)) {
      for (int sequence = 0; sequence < 130; sequence += 7) {
        TlogProof proof = prover.inclusion(sequence, OptionalLong.empty());
        assertThat(TlogProof.parse(proof.text())).isEqualTo(proof);
        var checked = check(proof.text(), Optional.empty());
        assertThat(checked.valid()).as(checked.text()).isTrue();
        assertThat(checked.exchange()).hasValue(numbered(sequence));
      }
    }
  }

  @Test
  void theFileIsWrittenAsTheSpecificationSays() {
    try (var prover = new Prover(journal)) {
      List<String> lines = prover.inclusion(12, OptionalLong.of(50)).text().lines().toList();
      assertThat(lines.get(0)).isEqualTo("c2sp.org/tlog-proof@v1");
      assertThat(lines.get(1)).matches("extra [A-Za-z0-9+/]+=*");
      assertThat(lines.get(2)).isEqualTo("index 12");
      int empty = lines.indexOf("");
      // 12 of 50 lies in the left 32: five siblings and the right side
      assertThat(lines.subList(3, empty))
          .hasSize(6)
          .allMatch(line -> line.matches("[A-Za-z0-9+/]{43}="));
      assertThat(lines.subList(empty + 1, empty + 3)).containsExactly(TestJournals.ORIGIN, "50");
      assertThat(lines.get(empty + 4)).isEmpty();
      assertThat(lines.getLast()).startsWith("\u2014 " + TestJournals.ORIGIN + " ");
    }
  }

  @Test
  void noAlteredProofIsBelieved() {
    var random = new Random(4);
    try (var prover = new Prover(journal)) {
      String proof = prover.inclusion(77, OptionalLong.empty()).text();
      int survivors = 0;
      for (int round = 0; round < 2_000; round++) {
        char[] altered = proof.toCharArray();
        int at = random.nextInt(altered.length);
        char old = altered[at];
        altered[at] = (char) ('!' + random.nextInt(90));
        if (altered[at] == old) {
          continue;
        }
        try {
          var checked = check(new String(altered), Optional.empty());
          // the last characters of base64 carry bits that mean nothing
          if (checked.valid()) {
            assertThat(checked.exchange()).hasValue(numbered(77));
            survivors++;
          }
        } catch (JournalException notAProof) {
          assertThat(notAProof).hasMessageContaining("Not a proof");
        }
      }
      assertThat(survivors).isLessThan(40);
    }
  }

  @Test
  void whatWasKeptElsewhereIsTheBeginningOfWhatIsThere() {
    try (var prover = new Prover(journal)) {
      ConsistencyProof proof = prover.consistency(50, OptionalLong.empty());
      assertThat(ConsistencyProof.parse(proof.text())).isEqualTo(proof);
      assertThat(check(proof.text(), Optional.of(kept)).valid()).isTrue();
      assertThat(check(prover.consistency(0, OptionalLong.of(50)).text(), Optional.empty()).valid())
          .isTrue();
      // another beginning than the one that was kept
      assertThat(
              check(prover.consistency(49, OptionalLong.empty()).text(), Optional.of(kept)).valid())
          .isFalse();
      var hashes = new ArrayList<>(proof.proof());
      java.util.Collections.swap(hashes, 0, 1);
      var forged = new ConsistencyProof(proof.oldRoot(), 50, hashes, proof.checkpoint());
      assertThat(check(forged.text(), Optional.empty()).text()).contains("history was rewritten");
    }
  }

  @Test
  void whatCannotBeProvedIsSaid() throws Exception {
    try (var prover = new Prover(journal)) {
      assertThatThrownBy(() -> prover.inclusion(130, OptionalLong.empty()))
          .hasMessageContaining("no exchange of sequence 130");
      assertThatThrownBy(() -> prover.inclusion(60, OptionalLong.of(50)))
          .hasMessageContaining("is newer than the checkpoint");
      assertThatThrownBy(() -> prover.inclusion(3, OptionalLong.of(51)))
          .hasMessageContaining("nearest: 50 and 130");
    }
    Path leaves = SegmentPaths.listLeaves(journal).getFirst();
    byte[] hashes = Files.readAllBytes(leaves);
    hashes[40] ^= 1;
    Files.write(leaves, hashes);
    try (var prover = new Prover(journal)) {
      assertThatThrownBy(() -> prover.inclusion(0, OptionalLong.empty()))
          .hasMessageContaining("does not lead to the root that was signed");
    }
  }
}
