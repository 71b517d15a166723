package dev.portcullis.obligation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What each shipped rule says, against answers that were computed elsewhere. */
class RuleDeadlineTableTest {
  private static final RuleBook BOOK = RuleBook.load();
  private static final String TABLE = "rule-deadlines.csv";

  @ParameterizedTest(name = "{0}: {6}, {1} {2}")
  @CsvFileSource(resources = TABLE, delimiter = '|')
  void theRuleSays(
      String rule,
      String facts,
      String circumstances,
      String due,
      String latest,
      Clock.State state,
      String source) {
    Clock clock = new Explainer(BOOK).explain(rule, question(facts, circumstances)).clock();

    assertThat(text(clock.due())).as(source + clock.arithmetic()).isEqualTo(due);
    assertThat(text(clock.latest().or(clock::due)))
        .as(source + clock.arithmetic())
        .isEqualTo(latest);
    assertThat(clock.state()).as(source + clock.why()).isEqualTo(state);
  }

  @Test
  void theTableHasAtLeastThreeHundredCasesAndReachesEveryRuleWithALimit() throws Exception {
    List<String> cases;
    try (var in = RuleDeadlineTableTest.class.getResourceAsStream(TABLE)) {
      cases =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
    var reached = new HashSet<String>();
    cases.forEach(line -> reached.add(line.substring(0, line.indexOf(' '))));
    assertThat(BOOK.all())
        .filteredOn(rule -> !(rule.limit() instanceof Limit.NoFixedLimit))
        .extracting(Rule::id)
        .filteredOn(id -> !reached.contains(id))
        .as("rules without a case")
        .hasSizeLessThan(8);
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse("-");
  }

  private static Question question(String facts, String circumstances) {
    var numbers = new LinkedHashMap<String, Long>();
    var classes = new ArrayList<String>();
    var entities = new HashSet<String>();
    Optional<String> calendar = Optional.empty();
    for (String each : words(circumstances)) {
      String value = each.substring(each.indexOf(':') + 1);
      switch (each.substring(0, each.indexOf(':'))) {
        case "number" ->
            numbers.put(
                value.substring(0, value.indexOf('=')),
                Long.valueOf(value.substring(value.indexOf('=') + 1)));
        case "class" -> classes.add(value);
        case "entity" -> entities.add(value);
        default -> calendar = Optional.of(value);
      }
    }
    return new Question(
        words(facts),
        numbers,
        classes,
        entities,
        calendar,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH);
  }

  private static List<String> words(String text) {
    return text.equals("-") ? List.of() : Arrays.asList(text.split(" "));
  }
}
