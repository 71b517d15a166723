package dev.portcullis.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.demo.Browser;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final String SCRIPT = "<script>document.title='owned'</script>";

  @TempDir Path directory;

  private Report hostile() throws Exception {
    var lines = new ArrayList<>(Logs.ordinary());
    lines.addAll(
        Logs.walk("\"><img/src=x/onerror=document.title='owned'>".replace("\"", "\\\""), 600, 120));
    lines.add(Logs.line(1_802, "203.0.113.4", "GET /x?q=" + SCRIPT, 200));
    lines.add(Logs.line(1_803, "203.0.113.5", "GET /" + SCRIPT + "/../../etc/passwd", 200));
    lines.add(Logs.line(1_804, "203.0.113.6", "GET /", 200, "${jndi:ldap://" + SCRIPT + "}"));
    lines.add("broken " + SCRIPT + " \u001b]0;owned\u0007 \u202eowned");
    Path log = Logs.write(directory.resolve("<b>a.log"), lines);
    return new Analyzer(AnalyzerSettings.standard())
        .run(List.of(log), InputStream.nullInputStream(), new Progress(), signal -> {});
  }

  @Test
  void whatAnAttackerWroteIntoTheLogIsTextAndNothingIsFetched() throws Exception {
    Path file = directory.resolve("report.html");
    HtmlReport.write(hostile(), file);
    String html = Files.readString(file);
    assertThat(html)
        .contains("&lt;script&gt;")
        .contains("default-src 'none'")
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("<b>a.log")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e")
        .doesNotContain("src=\"")
        .doesNotContain("href=")
        .doesNotContain("url(");
  }

  @Test
  void aTerminalIsNotSteeredByALog() throws Exception {
    var text = new StringWriter();
    new TerminalReport(new PrintWriter(text)).print(hostile());
    assertThat(text.toString().chars().filter(c -> c < 0x20 && c != '\n')).isEmpty();
    assertThat(text.toString()).doesNotContain("\u202e").contains("\\u001b");
  }

  @Test
  void aBrowserShowsItWithoutAComplaint() throws Exception {
    Path file = directory.resolve("report.html");
    HtmlReport.write(hostile(), file);
    try (Browser browser = Browser.start()) {
      browser.open(file.toUri().toString());
      assertThat(browser.title()).isEqualTo("Access log analysis · Portcullis");
      assertThat(browser.text())
          .contains("What the access log tells")
          .contains("203.0.113.6")
          .contains(SCRIPT)
          .contains("Probably taken");
      assertThat(browser.complaints()).isEmpty();
      browser.screenshot("log-report");
    }
  }
}
