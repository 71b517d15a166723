package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.analyze.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
  private static final Path EXAMPLE =
      Path.of("src/test/resources/dev/portcullis/analyze/example-access.log");
  private static final Pattern PRINTED = Pattern.compile("(?ms)^```text\\n(.*?)^```");

  @TempDir Path directory;

  @Test
  void theExampleInTheDocumentIsWhatIsPrinted() throws Exception {
    var document = PRINTED.matcher(Files.readString(Path.of("../docs/analyze.md")));
    assertThat(document.find()).isTrue();
    var said = CommandLineProbe.run("analyze", EXAMPLE.toString());
    assertThat(said.exitCode()).isEqualTo(3);
    String printed = said.out().replace(EXAMPLE.toString(), "access.log").replaceAll(" +\\R", "\n");
    assertThat(printed.strip()).isEqualTo(document.group(1).strip());
  }

  @Test
  void jsonAndHtmlTellTheSame() throws Exception {
    Path html = directory.resolve("report.html");
    var said =
        CommandLineProbe.run("analyze", EXAMPLE.toString(), "--json", "--html", html.toString());
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.json().path("incidents")).hasSize(2);
    assertThat(said.json().path("incidents").get(0).path("taken").path("objects").asInt())
        .isEqualTo(120);
    assertThat(said.json().path("broken_lines").asInt()).isEqualTo(1);
    assertThat(Files.readString(html)).contains("203.0.113.77").contains("203.0.113.99");
  }

  @Test
  void exitCodesTellNothingFoundFromFoundFromFailedFromAskedWrongly() throws Exception {
    Path quiet =
        Files.writeString(
            directory.resolve("quiet.log"),
            "10.0.0.1 - - [12/May/2025:09:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"\n");
    assertThat(CommandLineProbe.run("analyze", quiet.toString()).exitCode()).isZero();
    assertThat(CommandLineProbe.run("analyze", EXAMPLE.toString()).exitCode()).isEqualTo(3);
    var missing = CommandLineProbe.run("analyze", directory.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("no such file");
    assertThat(CommandLineProbe.run("analyze").exitCode()).isEqualTo(2);
    var field = CommandLineProbe.run("analyze", "--field", "colour=red", quiet.toString());
    assertThat(field.exitCode()).isEqualTo(2);
    assertThat(field.err()).contains("time, source");
    assertThat(CommandLineProbe.run("analyze", "--tail", "-").exitCode()).isEqualTo(2);
    var format = CommandLineProbe.run("analyze", "--format", "cobol", quiet.toString());
    assertThat(format.exitCode()).isEqualTo(1);
    assertThat(format.err()).contains("combined, aws-alb");
  }

  @Test
  void progressTellsBytesRateAndTimeLeft() {
    assertThat(AnalyzeCommand.text(new Progress(), 1)).isEqualTo("0 MB read, 0 MB/s of log");
  }
}
