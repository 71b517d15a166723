package dev.portcullis.gate.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodingTest {
  @Test
  void whatIsPercentEncodedOnceOrTwiceIsReadInClear() {
    qt().forAll(strings().betweenCodePoints(0x20, 0xd7ff).ofLengthBetween(0, 50))
        .checkAssert(text -> {
          String once = URLEncoder.encode(text, StandardCharsets.UTF_8);
          String twice = URLEncoder.encode(once, StandardCharsets.UTF_8);
          assertThat(Decoding.forms(once, true)).contains(text);
          assertThat(Decoding.forms(twice, true))
              .anyMatch(form -> form.equals(text) || form.equals(text.replace(' ', '+')));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "${${lower:J}ndi:x},${jndi:x}",
    "${${::-j}${::-n}di:x},${jndi:x}",
    "${${env:NONE:-j}ndi:x},${jndi:x}",
    "${${lower:${upper:j}}ndi:x},${jndi:x}",
    "${price} for ${name},${price} for ${name}",
    "${open,${open",
  })
  void lookupsAreEvaluatedAsALoggerWould(String hidden, String clear) {
    assertThat(Lookups.resolve(hidden)).isEqualTo(clear);
  }

  @ParameterizedTest
  @CsvSource({
    "&lt;b&gt;,<b>",
    "&#60;b&#x3e;,<b>",
    "&#60b,<b",
    "AT&T,AT&T",
    "a&b;c,a&b;c",
    "&#99999999999;,&#99999999999;"
  })
  void entitiesAreRead(String encoded, String clear) {
    assertThat(Escapes.entities(encoded)).isEqualTo(clear);
  }

  @Test
  void base64IsReadInBothAlphabetsAndNeverFails() {
    qt().forAll(strings().allPossible().ofLengthBetween(6, 60))
        .checkAssert(text -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          String expected = new String(bytes, StandardCharsets.ISO_8859_1);
          assertThat(Decoding.base64(Base64.getEncoder().encodeToString(bytes))).contains(expected);
          assertThat(Decoding.base64(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
              .contains(expected);
          Decoding.base64(text);
        });
  }

  @Test
  void readingsAreBounded() {
    qt().forAll(strings().allPossible().ofLengthBetween(0, 200))
        .checkAssert(text -> {
          List<String> forms = Decoding.forms(text + "%41&lt;\\u0041/**/${a}", false);
          assertThat(forms).hasSizeLessThanOrEqualTo(Decoding.FORMS);
          assertThat(forms).doesNotHaveDuplicates();
        });
  }

  @Test
  void literalsAreFoundInAnyCaseAndAcrossBlanks() {
    var literals = new Literals(List.of("; cat", "he", "hers", "his", "she"));
    assertThat(found(literals, "USHERS")).containsExactly(1, 2, 4);
    assertThat(found(literals, "a;  \t CAT")).containsExactly(0);
    assertThat(found(literals, "h\u4e00e")).isEmpty();
  }

  private static List<Integer> found(Literals literals, String value) {
    long[] present = new long[literals.words()];
    literals.scan(value, present);
    var found = new ArrayList<Integer>();
    for (int bit = 0; bit < 5; bit++) {
      if ((present[0] & (1L << bit)) != 0) {
        found.add(bit);
      }
    }
    return found;
  }
}
