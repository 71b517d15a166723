package dev.portcullis.gate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quicktheories.core.Gen;

/** A path is normalised once, and what is matched is what is forwarded. */
class PathTextTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "7",
          "-",
          ".",
          "_",
          "~",
          "/",
          "/",
          "/",
          "!",
          "$",
          "&",
          "'",
          "(",
          ")",
          "*",
          "+",
          ",",
          "=",
          ":",
          "@",
          ";",
          "\\",
          "%",
          "%2",
          "%41",
          "%7e",
          "%2e",
          "%2F",
          "%5C",
          "%25",
          "%20",
          "%C3%A4",
          "%c3",
          "%00",
          "%3b",
          "|",
          "\"",
          "%e2%82%ac",
          "25",
          "2e",
          "..");

  private static Gen<String> paths() {
    return lists()
        .of(integers().between(0, PIECES.size() - 1).map(PIECES::get))
        .ofSizeBetween(0, 12)
        .map(pieces -> "/" + String.join("", pieces));
  }

  @Test
  void normalisingTwiceIsNormalisingOnce() {
    qt().forAll(paths())
        .checkAssert(raw -> {
          PathText once = PathText.of(raw);
          if (once.violation().isEmpty()) {
            PathText twice = PathText.of(once.path());
            assertThat(twice.violation()).isEmpty();
            assertThat(twice.path()).isEqualTo(once.path());
            assertThat(twice.segments()).isEqualTo(once.segments());
          }
        });
  }

  @Test
  void whatIsMatchedIsWhatAServerBehindReads() {
    qt().forAll(paths())
        .checkAssert(raw -> {
          PathText text = PathText.of(raw);
          if (text.violation().isEmpty()) {
            // An independent reader: the JDK's URI, which also decodes once.
            URI uri = URI.create("http://api" + text.path());
            assertThat(uri.normalize()).as("nothing left to resolve").isEqualTo(uri);
            assertThat(uri.getPath()).isEqualTo("/" + String.join("/", text.segments()));
          }
        });
  }

  @Test
  void noAcceptedPathHasDotsSlashesOrControlsInASegment() {
    qt().forAll(paths())
        .checkAssert(raw -> {
          for (String segment : PathText.of(raw).segments()) {
            assertThat(segment).isNotIn(".", "..").doesNotContain("/", "\\", ";", "\0");
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/b, /a/b",
    "/a/, /a/",
    "/%61%2D, /a-",
    "/%c3%a4, /%C3%A4",
    "/100%25, /100%25",
    "/a.b/..c/d.., /a.b/..c/d..",
    "/a%20b, /a%20b",
  })
  void needlessEncodingIsUndone(String raw, String normal) {
    PathText text = PathText.of(raw);
    assertThat(text.violation()).isEmpty();
    assertThat(text.path()).isEqualTo(normal);
  }
}
