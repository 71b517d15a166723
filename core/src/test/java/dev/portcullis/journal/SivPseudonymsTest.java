package dev.portcullis.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.portcullis.crypto.Keyring;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SivPseudonymsTest {
  @TempDir Path temporary;

  @Test
  void theSameSubjectHasTheSamePseudonymAndOnlyTheKeyRevealsIt() {
    Keyring keys = Keyring.open(temporary.resolve("keys"));
    var pseudonyms = new SivPseudonyms(keys.deterministicCipher("subjects"));
    var again = new SivPseudonyms(keys.deterministicCipher("subjects"));
    var foreign = new SivPseudonyms(keys.deterministicCipher("others"));
    qt().withExamples(200)
        .forAll(strings().basicLatinAlphabet().ofLengthBetween(0, 200))
        .checkAssert(subject -> {
          Pseudonym pseudonym = pseudonyms.of(subject);
          assertThat(again.of(subject)).isEqualTo(pseudonym);
          assertThat(pseudonyms.reveal(pseudonym)).isEqualTo(new Revealed.Known(subject));
          assertThat(pseudonym.value()).matches("[A-Za-z0-9_-]+");
          assertThat(foreign.of(subject)).isNotEqualTo(pseudonym);
          assertThat(foreign.reveal(pseudonym)).isEqualTo(new Revealed.Unknown());
        });
    assertThat(pseudonyms.of("a")).isNotEqualTo(pseudonyms.of("b"));
    assertThat(pseudonyms.reveal(new Pseudonym("not base64!"))).isEqualTo(new Revealed.Unknown());
  }
}
