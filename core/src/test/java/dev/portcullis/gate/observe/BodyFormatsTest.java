package dev.portcullis.gate.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.portcullis.config.BodyData;
import dev.portcullis.config.DataSettings;
import dev.portcullis.gate.testing.BodyFormat;
import dev.portcullis.gate.testing.Coding;
import dev.portcullis.journal.Observation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.quicktheories.core.Gen;

/** The same people are found in a body whatever its format and coding, and however it arrives. */
class BodyFormatsTest {
  private static final int LIMIT = 1 << 20;

  /** What people are called, and what breaks formats. */
  private static final Gen<String> NAMES =
      strings()
          .betweenCodePoints(0x20, 0x24f)
          .ofLengthBetween(1, 12)
          .mix(arbitrary().pick("a,b", "say \"hi\"", "two\nlines", "a\r\nb", "<&>", "日本", "x;y"))
          .map(text -> "n" + text.replace("\u007f", "").replaceAll("[\\u0080-\\u009f]", "") + "n");

  private static Observed read(
      DataSettings data, String contentType, Optional<String> coding, byte[] body, int step) {
    BodyObserver observer =
        new ObservationPlan(data, LIMIT)
            .observe("GET", 200, Optional.of(contentType), coding, Optional.empty());
    for (int at = 0; at < body.length; at += step) {
      observer.bytes(ByteBuffer.wrap(body, at, Math.min(step, body.length - at)).slice());
    }
    return observer.end(true).known();
  }

  private static Observed read(String path, String contentType, String body) {
    return read(
        new DataSettings(Optional.empty(), List.of(path), Map.of("any", List.of(path))),
        contentType,
        Optional.empty(),
        body.getBytes(StandardCharsets.UTF_8),
        1);
  }

  @ParameterizedTest
  @EnumSource(BodyFormat.class)
  void everybodyIsFoundAndNobodyElse(BodyFormat format) {
    var data =
        new DataSettings(
            Optional.empty(),
            List.of(format.path("id")),
            Map.of("contact", List.of(format.path("email")), "no", List.of(format.path("none"))));
    qt().withExamples(150)
        .forAll(
            lists().of(NAMES).ofSizeBetween(1, 12),
            arbitrary().enumValues(Coding.class),
            integers().between(1, 400))
        .checkAssert((names, coding, step) -> {
          var records = names.stream().map(BodyFormatsTest::person).toList();
          byte[] body = coding.encode(format.write(records).getBytes(StandardCharsets.UTF_8));
          Observed observed = read(data, format.contentType(), coding.label(), body, step);
          assertThat(observed.subjects()).isEqualTo(new HashSet<>(names));
          assertThat(observed.records()).isEqualTo(names.size());
          assertThat(observed.dataClasses()).containsExactly("contact");
          assertThat(observed.observation()).isEqualTo(Observation.COMPLETE);
          assertThat(observed.unobserved()).isZero();
        });
  }

  private static Map<String, String> person(String name) {
    var person = new LinkedHashMap<String, String>();
    person.put("email", "x@example.org");
    person.put("id", name);
    person.put("note", "not " + name);
    return person;
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void whatIsCutOffIsNotCalledComplete(Coding coding) {
    byte[] whole =
        coding.encode(
            "[{\"id\":\"a\"},{\"id\":\"b\"}]   ".repeat(1).getBytes(StandardCharsets.UTF_8));
    var data = new DataSettings(Optional.empty(), List.of("$[*].id"), Map.of());
    qt().withExamples(60)
        .forAll(integers().between(1, whole.length - 4), integers().between(1, 40))
        .checkAssert((length, step) -> {
          byte[] cut = java.util.Arrays.copyOf(whole, length);
          Observed observed = read(data, "application/json", coding.label(), cut, step);
          assertThat(observed.observation()).isIn(Observation.PARTIAL, Observation.UNREADABLE);
          assertThat(observed.subjects()).isSubsetOf("a", "b");
        });
  }

  @Test
  void whateverBytesComeNothingIsThrown() {
    var data = new DataSettings(Optional.empty(), List.of("$..id", "$[*]"), Map.of());
    qt().withExamples(400)
        .forAll(
            lists().of(integers().between(-128, 127)).ofSizeBetween(1, 80),
            arbitrary().enumValues(BodyFormat.class),
            arbitrary().enumValues(Coding.class))
        .checkAssert((bytes, format, coding) -> {
          byte[] body = new byte[bytes.size()];
          for (int i = 0; i < body.length; i++) {
            body[i] = bytes.get(i).byteValue();
          }
          read(data, format.contentType(), coding.label(), body, 7);
        });
  }

  @Test
  void pathsThatBeginWithANameApplyToEachRecord() {
    assertThat(
            read("$.id", "application/jsonl", "{\"id\":1}\n{\"id\":2,\"x\":{\"id\":3}}\n")
                .subjects())
        .containsExactlyInAnyOrder("1", "2");
    assertThat(read("$.id", "text/csv", "id,x\n1,a\n2,b").subjects()).containsExactly("1", "2");
    assertThat(read("$[1:].id", "text/csv", "id\n1\n2\n3\n").subjects()).containsExactly("2", "3");
    assertThat(read("$[*][1]", "text/csv; header=absent", "1,a\n2,b\n").subjects())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.name | name=Ann+Lee&x=1&name=B%C3%B6%25 | Ann Lee,Bö%",
        "$['a[b]'] | a%5Bb%5D=1&a=2 | 1",
        "$.x | x=%zz%4&x=&y=3 | %zz%4",
        "$.x | x=1=2&x | 1=2",
      })
  void formsAreObjects(String path, String body, String subjects) {
    assertThat(read(path, "application/x-www-form-urlencoded", body).subjects())
        .containsExactly(subjects.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.r.p['@id'] | <r><p id='1'/><p id=\"2\" q='x'>no</p></r> | 1,2",
        "$.r.p.n | <r xmlns='u'><p><n> A <!-- x -->B</n></p><p><n><![CDATA[<C>]]></n></p></r> | A B,<C>",
        "$..n | <r><n>1<n>2</n></n></r> | 2,1",
        "$.r.n | <r><n/><n></n><n> </n><n k='v'>3</n></r> | 3",
        "$.r.* | <r><a>1</a><b>&#50;&amp;</b></r> | 1,2&",
      })
  void xmlIsAnObjectOfItsElements(String path, String body, String subjects) {
    Observed observed = read(path, "application/hl7-v3+xml", body);
    assertThat(observed.subjects()).containsExactly(subjects.split(","));
    assertThat(observed.observation()).isEqualTo(Observation.COMPLETE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/xml | <!DOCTYPE r [<!ENTITY e 'x'>]><r><id>&e;</id></r>",
        "application/xml | <!DOCTYPE r SYSTEM 'http://127.0.0.1/x.dtd'><r><id>1</id></r>",
        "application/xml | <r><id>&undeclared;</id></r>",
        "application/xml | <?xml version='1.0' encoding='ISO-8859-1'?><r><id>1</id></r>",
        "application/xml | <r><id>1</r>",
        "application/xml | <r><id>1</id>",
        "application/xml | <r/><r/>",
        "text/csv | id`1,2",
        "text/csv | id`\"1",
        "text/csv | id`\"1\"x",
        "text/event-stream | data: {\"id\":1}``data: [DONE]``",
        "application/x-ndjson | {\"id\":1}`{\"id\":`",
      })
  void whatIsNoSuchDocumentIsReadInPart(String type, String body) {
    assertThat(read("$..id", type, body.replace('`', '\n')).observation())
        .isEqualTo(Observation.PARTIAL);
  }

  @Test
  void textInAnotherCharsetIsReadAsItIsOrNotAtAll() {
    byte[] latin = "id\nJos\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    var data = new DataSettings(Optional.empty(), List.of("$.id"), Map.of());
    assertThat(read(data, "text/csv; charset=ISO-8859-1", Optional.empty(), latin, 1).subjects())
        .containsExactly("Jos\u00e9");
    assertThat(read(data, "text/csv", Optional.empty(), latin, 1).observation())
        .isEqualTo(Observation.PARTIAL);
    Observed unknown = read(data, "text/csv; charset=utf-16", Optional.empty(), latin, 1);
    assertThat(unknown.observation()).isEqualTo(Observation.UNREADABLE);
    assertThat(unknown.unobserved()).isEqualTo(latin.length);
  }

  @Test
  void anElementWithinTooManyOthersEndsTheReading() {
    assertThat(read("$..id", "application/xml", "<a>".repeat(300)).observation())
        .isEqualTo(Observation.PARTIAL);
  }

  @Test
  void oneOperationHasPathsOfItsOwnBesidesTheRoutes() {
    var operation =
        new dev.portcullis.config.OperationData(
            new BodyData(List.of("$.own"), Map.of()), BodyData.NONE);
    var data =
        new DataSettings(
            Optional.empty(), List.of("$.id"), Map.of(), BodyData.NONE, Map.of("POST", operation));
    var plan = new ObservationPlan(data, LIMIT);
    byte[] body = "{\"id\":1,\"own\":2}".getBytes(StandardCharsets.UTF_8);
    for (String method : List.of("GET", "POST")) {
      var observer =
          plan.observe(
              method, 200, Optional.of("application/json"), Optional.empty(), Optional.empty());
      observer.bytes(ByteBuffer.wrap(body));
      assertThat(observer.end(true).known().subjects())
          .containsExactlyInAnyOrder(
              method.equals("GET") ? new String[] {"1"} : new String[] {"1", "2"});
    }
  }
}
