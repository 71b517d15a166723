package dev.portcullis.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void noTextWhateverItsCharactersOpensMarkupOrANewLine() {
    qt().withExamples(5_000)
        .forAll(
            strings()
                .allPossible()
                .ofLengthBetween(0, 200)
                .mix(strings().basicLatinAlphabet().ofLengthBetween(0, 200)))
        .checkAssert(raw -> {
          String text = Markdown.text(raw);
          assertThat(text).doesNotContain("<", ">", "|", "\n", "\r", "://", "@");
          // Each special character stands behind a backslash: what is left has none.
          assertThat(text.replaceAll("\\\\[\\\\`*_{}\\[\\]()#~!$.+=-]", "").replace("&#", ""))
              .doesNotContainPattern("[\\\\`*_{}\\[\\]()#~!$]");
        });
  }

  @Test
  void theStartOfATextStartsNoList() {
    assertThat(Markdown.text("- item")).isEqualTo("\\- item");
    assertThat(Markdown.text("1. item")).isEqualTo("1\\. item");
    assertThat(Markdown.text("1) item")).isEqualTo("1\\) item");
    assertThat(Markdown.text("=== item")).isEqualTo("\\=== item");
  }

  @Test
  void aLongTextIsCutAndSaysSo() {
    assertThat(Markdown.text("a".repeat(501))).hasSize(501).endsWith("…");
    assertThat(Markdown.text("a".repeat(500))).hasSize(500).endsWith("a");
  }

  @Test
  void ordinaryWordsStayAsTheyAre() {
    assertThat(Markdown.text("Credential key-4f2a from 198.51.100.7: 12 exchanges, 3 %"))
        .isEqualTo("Credential key-4f2a from 198.51.100.7: 12 exchanges, 3 %");
  }
}
