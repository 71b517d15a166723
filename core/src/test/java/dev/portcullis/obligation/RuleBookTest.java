package dev.portcullis.obligation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {
  private static final Path RULES = Path.of("src/main/resources/dev/portcullis/obligation/rules");

  private static final String GOOD =
      """
      id: some-law
      title: Tell somebody
      jurisdiction: nowhere
      source: {instrument: Some law, article: Art. 1}
      anchor: awareness
      limit: {unit: elapsed-hours, amount: 72}
      met-by: dispatch
      recipient: authority
      contents: [nature]
      applies-when: [{predicate: always}]
      evidence: {verified: false, mark: M, read-in: nothing}
      proposed: false
      """;

  @Test
  void everyRuleFileIsInTheBookAndReadsWithoutError() throws Exception {
    try (var files = Files.list(RULES)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .map(name -> name.replace(".yaml", ""))
              .sorted()
              .toList();
      assertThat(names).isEqualTo(RuleBook.shipped()).hasSizeGreaterThan(100);
    }
    assertThat(RuleBook.load().ids())
        .contains(
            "gdpr-33",
            "gdpr-34",
            "hipaa-404",
            "hipaa-408",
            "pci-dss-12-10",
            "uk-gdpr-33",
            "nis2-final",
            "dora-initial",
            "cra-final-incident",
            "sec-8k-105",
            "us-tx-ag");
  }

  @Test
  void aChainedRuleIsChainedToOneThatExists() {
    RuleBook book = RuleBook.load();

    assertThat(book.all())
        .filteredOn(rule -> rule.previous().isPresent())
        .allSatisfy(rule -> assertThat(book.ids()).contains(rule.previous().orElseThrow()))
        .hasSizeGreaterThan(5);
  }

  @Test
  void whatIsOnlyProposedNeverApplies() {
    assertThat(RuleBook.load().all())
        .filteredOn(Rule::proposed)
        .hasSizeGreaterThan(3)
        .allSatisfy(rule -> {
          Clock clock =
              ClockCalculator.compute(
                  "", rule, Map.of(), Circumstances.of(new ScopeFacts(9, false, List.of(), 0)));
          assertThat(clock.state()).isEqualTo(Clock.State.NOT_APPLICABLE);
          assertThat(clock.why()).contains("proposed and not law");
        });
  }

  @Test
  void noRuleClaimsToBeVerifiedBeforeAPersonReadItAtItsSource() {
    RuleBook book = RuleBook.load();

    assertThat(book.ids()).allSatisfy(id -> assertThat(rule(book, id).verified()).isFalse());
  }

  @Test
  void aNoticeToTheSupervisoryAuthorityContainsAllThatArticle33Asks() {
    assertThat(RuleBook.load().contents("gdpr-33"))
        .contains(
            Content.NATURE,
            Content.DATA_SUBJECTS,
            Content.RECORDS,
            Content.CONTACT,
            Content.CONSEQUENCES,
            Content.MEASURES);
  }

  @Test
  void theSecretaryIsToldFrom500OnAndNotOnlyAbove() {
    Rule rule = rule(RuleBook.load(), "hipaa-408");
    Condition threshold = rule.appliesWhen().getLast();

    assertThat(threshold.judge(people(500)).met()).isTrue();
    assertThat(threshold.judge(people(499)).met()).isFalse();
  }

  @Test
  void aGoodFileIsRead() {
    assertThat(RuleReader.read("some-law.yaml", GOOD).id()).isEqualTo("some-law");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title: Tell somebody | titel: Tell somebody | the field title",
        "proposed: false | {proposed: false, colour: red} | only documented fields",
        "amount: 72 | amount: -3 | amount: a whole number above 0",
        "amount: 72 | amount: 72, zones: [UTC] | only documented fields",
        "elapsed-hours | hours | unit: elapsed-hours or calendar-days or business-days",
        "elapsed-hours | business-days | the field calendar",
        "mark: M | mark: X | mark: P or S or M",
        "elapsed-hours | calendar-days | zones: at least one time zone",
        "met-by: dispatch | met-by: hope | met-by: dispatch or receipt",
        "contents: [nature] | contents: [natur] | contents: one of nature",
        "contents: [nature] | contents: [] | contents: at least one",
        "predicate: always | predicate: never | predicate: always or",
        "{predicate: always} | {predicate: data-classes-present} | any-of: at least one",
        "applies-when: [{predicate: always}] | applies-when: [] | applies-when: at least one",
        "verified: false | verified: perhaps | verified: true or false",
        "article: Art. 1 | part: Art. 1 | the field article",
      })
  void aMistakeIsNamedWithWhatWasExpected(String right, String wrong, String expected) {
    String bad = GOOD.replace(right, wrong);
    if (wrong.startsWith("{proposed")) {
      bad = GOOD + "colour: red\n";
    }
    assertThat(bad).isNotEqualTo(GOOD);
    String text = bad;
    assertThatThrownBy(() -> RuleReader.read("some-law.yaml", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void whatIsNoYamlIsNamed() {
    assertThatThrownBy(() -> RuleReader.read("some-law.yaml", "a: [b"))
        .hasMessageContaining("some-law.yaml");
  }

  private static Circumstances people(long subjects) {
    return Circumstances.of(new ScopeFacts(subjects, true, List.of(), 0));
  }

  private static Rule rule(RuleBook book, String id) {
    Optional<Rule> rule = book.find(id);
    return rule.orElseThrow();
  }
}
