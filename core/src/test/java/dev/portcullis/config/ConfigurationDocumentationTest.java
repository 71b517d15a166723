package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md tells every key and nothing else, and its examples work. */
class ConfigurationDocumentationTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+(?:\\[]|\\.[a-z-]+)*)` \\|[^|]*\\| ([^|]*) \\|", 8);
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  private static List<String> examples() throws Exception {
    return EXAMPLE.matcher(Files.readString(PAGE)).results().map(m -> m.group(1)).toList();
  }

  /** Keys in the tables, each with the words in its default column. */
  private static Map<String, String> documented() throws Exception {
    var keys = new LinkedHashMap<String, String>();
    var twice = new ArrayList<String>();
    ROW.matcher(Files.readString(PAGE)).results().forEach(row -> {
      if (keys.put(row.group(1), row.group(2)) != null) {
        twice.add(row.group(1));
      }
    });
    assertThat(twice).as("documented twice").isEmpty();
    return keys;
  }

  /** Keys that the reader asks for while it reads all the examples, each with its default. */
  private Map<String, String> known() throws Exception {
    var keys = new TreeMap<String, String>();
    var reader = new ConfigurationReader(Sample.RULES, Sample.ENVIRONMENT);
    for (String example : examples()) {
      Path file = new Sample(directory).write(Sample.completed(example));
      var reading = new Reading(SourceText.read(file), Sample.ENVIRONMENT);
      reader.check(reading);
      reading.keys().forEach((key, standard) -> keys.merge(key, standard, this::longer));
    }
    return keys;
  }

  private String longer(String one, String other) {
    return one.length() >= other.length() ? one : other;
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsValid() throws Exception {
    return examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.lines().findFirst().orElse(""),
                    () ->
                        assertThat(new Sample(directory).check(example).configuration().routes())
                            .isNotEmpty()));
  }

  @Test
  void everyKnownKeyIsDocumentedAndEveryDocumentedKeyIsKnown() throws Exception {
    assertThat(known().keySet()).hasSizeGreaterThan(100);
    assertThat(documented().keySet())
        .containsExactlyInAnyOrderElementsOf(known().keySet());
  }

  @Test
  void theDocumentedDefaultsAreTheReal() throws Exception {
    Map<String, String> documented = documented();
    var real = new TreeMap<>(known());
    real.values().removeIf(String::isEmpty);
    assertThat(real).hasSizeGreaterThan(40);
    real.forEach((key, standard) ->
        assertThat(documented.get(key)).as(key).isEqualTo("`" + standard + "`"));
  }

  @Test
  void theExampleOfAProblemIsWhatIsTold() throws Exception {
    String page = Files.readString(PAGE);
    String told =
        new Sample(directory)
            .mistakes("\n".repeat(16) + "routes: [{name: a, limit: {per: 5 minutes}}]")
            .render();
    String wrong = "\"5 minutes\" is not a duration (expected: a number and a unit";
    assertThat(page).contains("portcullis.yaml:17:33: routes[0].limit.per: " + wrong);
    assertThat(told).contains("portcullis.yaml:17:33: routes[0].limit.per: " + wrong);
  }
}
