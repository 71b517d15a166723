package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.portcullis.config.JsonPath.Selector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON paths are RFC 9535's; what can't be followed in a stream is refused with the way out. */
class JsonPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.a[-2] | counts from the end | [*]",
        "$[1:-1] | counts from the end | first colon",
        "$[5:1:-2] | counts from the end | a step of 1 or more",
        "$[::-1] | counts from the end | a step of 1 or more",
        "$[0:2:0] | takes nothing | a step of 1 or more",
        "$..book[?@.isbn] | has a filter | [*] for every entry",
        "$.a[?(@.b)] | has a filter | [*] for every entry",
        "$[?length(@) > 1] | has a filter | while it streams by",
      })
  void whatAStreamCannotFollowSaysWhyAndWhatToDo(String path, String why, String wayOut) {
    assertThatThrownBy(() -> JsonPath.parse(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(wayOut)
        .hasMessageContaining("from character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "$a",
        "$.",
        "$..",
        "$...a",
        "$.a[",
        "$.a[x]",
        "$.a]",
        "$[]",
        "$[01]",
        "$['a]",
        "$['a\"",
        "$['\\x']",
        "$[\"\\'\"]",
        "$['\\u12']",
        "$[1 2]",
        "$.a ",
        "$[0,]",
        "$[9999999999]"
      })
  void whatIsNoPathSaysSo(String path) {
    assertThatThrownBy(() -> JsonPath.parse(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void anyNameCanBeWrittenAsAStep() {
    qt().forAll(strings().betweenCodePoints(0x20, 0x2ff).ofLengthBetween(0, 20))
        .checkAssert(name ->
            assertThat(JsonPath.parse("$" + JsonPath.step(name)).segments().getFirst().selectors())
                .containsExactly(new Selector.Name(name)));
  }
}
