package dev.portcullis.gate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.DataSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 9535, as far as a streaming reader can follow them. */
class StandardJsonPathsTest {
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "store",
          """
          {"store":{"book":[
            {"category":"reference","author":"Nigel Rees","title":"Sayings","price":8.95},
            {"category":"fiction","author":"Evelyn Waugh","title":"Sword","price":12.99},
            {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553",
             "price":8.99},
            {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord","isbn":"0-395",
             "price":22.99}],
            "bicycle":{"color":"red","price":399}}}
          """,
          "names",
          "{\"o\":{\"j j\":{\"k.k\":3}},\"'\":{\"@\":2}}",
          "wild",
          "{\"o\":{\"j\":1,\"k\":2},\"a\":[5,3]}",
          "letters",
          "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]",
          "deep",
          "{\"o\":{\"j\":1,\"k\":2},\"a\":[5,3,[{\"j\":4},{\"k\":6}]]}",
          "null",
          "{\"a\":null,\"b\":[null],\"c\":[{}],\"null\":1}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "store | $.store.book[*].author | Nigel Rees,Evelyn Waugh,Herman Melville,J. R. R. Tolkien",
        "store | $..author | Nigel Rees,Evelyn Waugh,Herman Melville,J. R. R. Tolkien",
        "store | $.store.*.color | red",
        "store | $.store..price | 8.95,12.99,8.99,22.99,399",
        "store | $..book[2].author | Herman Melville",
        "store | $..book[2].publisher |",
        "store | $..book[0,1].title | Sayings,Sword",
        "store | $..book[:2].title | Sayings,Sword",
        "store | $..isbn | 0-553,0-395",
        "names | $.o['j j']['k.k'] | 3",
        "names | $.o[\"j j\"][\"k.k\"] | 3",
        "names | $[\"'\"][\"@\"] | 2",
        "names | $['\\''][\"\\u0040\"] | 2",
        "wild | $.o[*] | 1,2",
        "wild | $.o[*, *] | 1,2",
        "wild | $.a[*] | 5,3",
        "wild | $[*][*] | 1,2,5,3",
        "letters | $[1] | b",
        "letters | $[0,3] | a,d",
        "letters | $[0:2, 5] | a,b,f",
        "letters | $[0, 0] | a",
        "letters | $[1:3] | b,c",
        "letters | $[5:] | f,g",
        "letters | $[1:5:2] | b,d",
        "letters | $[ : 2 : 1 ] | a,b",
        "letters | $[::3] | a,d,g",
        "letters | $[3:2] |",
        "deep | $..j | 1,4",
        "deep | $..[0] | 5",
        "deep | $..[*] | 1,2,5,3,4,6",
        "deep | $..* | 1,2,5,3,4,6",
        "deep | $.o..[*, *] | 1,2",
        "deep | $.a..[0, 1] | 5,3",
        "deep | $.a..['j','k'] | 4,6",
        "deep | $..a..j | 4",
        "deep | $ .o ['j'] | 1",
        "null | $.a |",
        "null | $.b[0] |",
        "null | $.null | 1",
      })
  void selectsWhatTheStandardSays(String document, String path, String expected) {
    var data = new DataSettings(Optional.empty(), List.of(path), Map.of());
    BodyObserver observer =
        new ObservationPlan(data, 1 << 20)
            .observe(
                "GET", 200, Optional.of("application/json"), Optional.empty(), Optional.empty());
    String text = DOCUMENTS.getOrDefault(document, "");
    observer.bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    Observed observed = observer.end(true).known();
    String[] values = expected == null ? new String[0] : expected.split(",");
    assertThat(observed.subjects()).containsExactlyInAnyOrder(values);
    assertThat(observed.records()).as("each place once").isEqualTo(values.length);
  }
}
