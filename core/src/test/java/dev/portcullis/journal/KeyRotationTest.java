package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import dev.portcullis.journal.Verification.Verified;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signing key is changed, and whoever has the first public key can still verify. */
class KeyRotationTest {
  private static final JournalSettings SETTINGS = settings(1_500, TestJournals.NEVER);

  @TempDir Path temporary;
  private Path journal;
  private Keyring keyring;
  private String original = "";

  @BeforeEach
  void aJournalWithHistory() throws Exception {
    journal = temporary.resolve("journal");
    keyring = Keyring.open(temporary.resolve("keys"));
    write(0, 20);
    original = Files.readString(journal.resolve("journal.pub")).strip();
  }

  private void write(int from, int to) throws Exception {
    try (var opened = open(journal, SETTINGS)) {
      for (int i = from; i < to; i++) {
        record(opened, numbered(i));
      }
    }
  }

  private KeyRotator.Rotated rotate() {
    return new KeyRotator(
            journal,
            SETTINGS,
            TestJournals.ORIGIN,
            new SivPseudonyms(keyring.deterministicCipher("subjects")),
            InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z")))
        .rotate(keyring.signingKeys("journal"), () -> keyring.newSigningKey("journal"));
  }

  private Verification verify() {
    return JournalVerifier.verify(journal, Optional.of(original));
  }

  @Test
  void theFirstPublicKeyVerifiesWhatAllItsSuccessorsSigned() throws Exception {
    var first = rotate();
    write(20, 40);
    var second = rotate();
    write(40, 60);
    assertThat(first.leaf()).isEqualTo(20);
    assertThat(first.from()).isEqualTo(original);
    assertThat(second.from()).isEqualTo(first.to());
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              assertThat(verified.exchanges()).isEqualTo(60);
              assertThat(verified.size()).isEqualTo(62);
              assertThat(verified.keys()).isEqualTo(3);
              assertThat(verified.unsigned()).isZero();
            });
    assertThat(JournalVerifier.verify(journal, Optional.of(second.to())))
        .isInstanceOf(Damaged.class);
    try (var opened = open(journal, SETTINGS)) {
      assertThat(TestJournals.readAll(opened, 0)).hasSize(60);
    }
  }

  @Test
  void theFirstCheckpointAfterAChangeIsSignedByBothKeys() {
    var rotated = rotate();
    Checkpoint both = SignedCheckpoints.of(journal, rotated.leaf() + 1);
    assertThat(both.isSignedBy(VerifierKey.parse(rotated.from()))).isTrue();
    assertThat(both.isSignedBy(VerifierKey.parse(rotated.to()))).isTrue();
  }

  @Test
  void theOldKeyIsWorthNothingAfterTheChange() throws Exception {
    rotate();
    write(20, 30);
    Checkpoint last = SignedCheckpoints.last(journal);
    var old = keyring.signingKeys("journal").getFirst();
    var key = new VerifierKey(TestJournals.ORIGIN, old.publicKey());
    String text = last.text();
    Files.writeString(
        journal.resolve("checkpoint"),
        text
            + "\n"
            + Checkpoint.signature(
                key, old.sign(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Damaged.class, damaged -> assertThat(damaged.what()).isEqualTo(What.SIGNATURE));
    assertThatThrownBy(() -> open(journal, SETTINGS)).isInstanceOf(JournalException.class);
  }

  @Test
  void aForgedSuccessorIsNamed() throws Exception {
    var thief = Keyring.open(temporary.resolve("thief"));
    var forged =
        KeyRotation.sign(
            TestJournals.ORIGIN,
            20,
            thief.signingKey("one"),
            thief.signingKey("two"),
            Instant.parse("2026-03-01T00:00:00Z"));
    // its own key instead of the first one, then the first one's name over a wrong signature
    for (String note :
        List.of(
            forged.note(),
            forged.note().replace(forged.from().toString(), original),
            "nonsense\n\n\u2014 x AAAA\n")) {
      Files.writeString(journal.resolve("journal.keys"), note + "\n");
      assertThat(verify())
          .isInstanceOfSatisfying(
              Damaged.class,
              damaged -> {
                assertThat(damaged.what()).isEqualTo(What.KEY);
                assertThat(damaged.file()).isEqualTo("journal.keys");
                assertThat(damaged.text()).contains("chain of keys is broken");
              });
      assertThatThrownBy(() -> open(journal, SETTINGS))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("chain of keys is broken");
    }
  }

  @Test
  void aChainThatWasTakenAwayIsNamedAtItsRecord() throws Exception {
    rotate();
    write(20, 25);
    Files.delete(journal.resolve("journal.keys"));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Damaged.class,
            damaged -> {
              assertThat(damaged.what()).isEqualTo(What.KEY);
              assertThat(damaged.text()).contains("Record 20").contains("names a new key");
            });
  }

  @Test
  void anInterruptedChangeIsFinishedByTheNextStart() throws Exception {
    var old = keyring.signingKeys("journal").getLast();
    var fresh = keyring.newSigningKey("journal");
    // made, and announced nowhere: the old one goes on
    write(20, 22);
    assertThat(verify()).isInstanceOf(Verified.class);
    var note =
        KeyRotation.sign(
            TestJournals.ORIGIN, 22, old, fresh, Instant.parse("2026-03-01T00:00:00Z"));
    Files.writeString(journal.resolve("journal.keys"), note.note() + "\n");
    // announced, and killed before the record
    assertThat(verify()).isInstanceOf(Verified.class);
    write(22, 24);
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              assertThat(verified.keys()).isEqualTo(2);
              assertThat(verified.exchanges()).isEqualTo(24);
              assertThat(verified.size()).isEqualTo(25);
            });
    // and once it is there it is not written again
    write(24, 26);
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verified.class, verified -> assertThat(verified.size()).isEqualTo(27));
  }

  @Test
  void aJournalInUseKeepsItsKey() {
    try (var opened = open(journal, SETTINGS)) {
      assertThatThrownBy(this::rotate)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is in use");
      assertThat(opened.end()).isEqualTo(20);
    }
    assertThat(journal.resolve("journal.keys")).doesNotExist();
  }

  @Test
  void aProofUnderANewKeyIsCheckedWithTheFirstOneAndTheChain() throws Exception {
    rotate();
    write(20, 30);
    Path keys = journal.resolve("journal.keys");
    try (var prover = new Prover(journal)) {
      String inclusion = prover.inclusion(25, OptionalLong.empty()).text();
      var checked =
          ProofFile.checkedWith(original, Optional.of(keys)).check(inclusion, Optional.empty());
      assertThat(checked.valid()).isTrue();
      // the record that names the key stands before it
      assertThat(checked.leaf()).isEqualTo(26);
      assertThat(checked.exchange()).hasValue(numbered(25));
      assertThat(
              ProofFile.checkedWith(original, Optional.empty())
                  .check(inclusion, Optional.empty())
                  .valid())
          .isFalse();
    }
  }
}
