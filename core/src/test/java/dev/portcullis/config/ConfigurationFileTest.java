package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the file itself is one clear problem with the way out. */
class ConfigurationFileTest {
  @TempDir Path directory;

  private void isTold(ConfigurationException e, String place, String... words) {
    assertThat(e.problems()).as(e.render()).hasSize(1);
    String told = e.problems().getFirst().render();
    assertThat(told).contains("portcullis.yaml" + place + ": ").contains(words);
    assertThat(told).contains("(expected: ");
  }

  private ConfigurationException read(Path file) {
    return catchThrowableOfType(
        ConfigurationException.class, () -> new ConfigurationReader(Sample.RULES).read(file));
  }

  private ConfigurationException bytes(byte[] bytes) throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    Files.write(file, bytes);
    return read(file);
  }

  private ConfigurationException text(String text) throws Exception {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aMissingFile() {
    isTold(read(directory.resolve("portcullis.yaml")), "", "no such file", "portcullis init");
  }

  @Test
  void aDirectory() {
    var e = read(directory);
    assertThat(e.render()).contains("is a directory (expected: a file, such as " + directory);
  }

  @Test
  void aFileBeyondTheLimit() throws Exception {
    isTold(text("#".repeat((1 << 20) + 1)), "", "is larger than 1MiB");
  }

  @Test
  void aFileThatIsNotUtf8() throws Exception {
    isTold(
        bytes("node:\n  name: z\u00FCrich\n".getBytes(StandardCharsets.ISO_8859_1)),
        ":2:10",
        "byte 0xFC is not UTF-8",
        "saved as UTF-8");
    isTold(bytes("node: {}".getBytes(StandardCharsets.UTF_16)), ":1:1", "byte 0xFE is not UTF-8");
  }

  @Test
  void anEmptyFile() throws Exception {
    isTold(text(""), ":1:1", "the file is empty", "portcullis init");
    isTold(text("# only a comment\n"), ":1:1", "the file is empty");
  }

  @Test
  void somethingElse() throws Exception {
    isTold(text("- a\n- b\n"), ":1:1", "is a list", "a map");
    isTold(text("just words\n"), ":1:1", "is \"just words\"", "a map");
  }

  @Test
  void aTab() throws Exception {
    isTold(text("node:\n\tname: x\n"), ":2:1", "a tab indents this line", "spaces");
  }

  @Test
  void aControlCharacter() throws Exception {
    isTold(text("node:\n  name: a\u0007b\n"), ":2:10", "U+0007 may not stand in YAML");
  }

  @Test
  void badYaml() throws Exception {
    isTold(text("node: {name: x\nlisteners: []\n"), ":2:10", "begins on line 1", "valid YAML");
    isTold(text("node: \"x\n"), ":2:1", "the file ends within quotes", "a closing quote");
    isTold(text("node: a: b\n"), ":1:8", "a second colon", "in quotes");
    isTold(text("node: *x\n"), ":1:7", "begins with * refers to an anchor", "in quotes");
    isTold(text("node: !a!b x\n"), ":1:7", "begins with !", "in quotes");
    isTold(text("node: @x\n"), ":1:7", "'@' that cannot start any token", "valid YAML");
    isTold(text("node: x\n---\nnode: y\n"), ":2:1", "a second document begins", "one document");
    isTold(text("%YAML 3.0\n---\nnode: x\n"), ":1:1", "not valid YAML 1.2");
  }

  @Test
  void aBombOfAliases() throws Exception {
    var bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 20; i++) {
      String alias = "*a" + (i - 1) + ",";
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, alias.repeat(10)));
    }
    isTold(text(bomb.toString()), ":12:10", "more than 100 references to anchors");
  }

  @Test
  void aDocumentThatContainsItself() throws Exception {
    assertThat(text("node: &n {name: x, state: *n}\n").render()).contains("node.state: is a map");
    assertThat(text("routes: &r [*r]\n").render()).contains("routes[0]: is a list");
  }

  @Test
  void nestingWithoutEnd() throws Exception {
    isTold(text("node: " + "[".repeat(500_000)), ":1:38", "nested deeper than 32 levels");
    isTold(text("node: " + "{a: ".repeat(1_000)), ":1:131", "nested deeper than 32 levels");
  }

  @Test
  void moreProblemsThanAnybodyReads() throws Exception {
    var e = text("routes:\n" + "  - nonsense\n".repeat(5_000));
    assertThat(e.problems()).hasSize(Reading.MAX_PROBLEMS);
    assertThat(e.untold()).isGreaterThan(4_900);
    assertThat(e.render()).contains("... and ");
    assertThat(text("routes:\n" + "  - x\n".repeat(20_000)).render()).contains("at most 10000");
  }

  @Test
  void aByteOrderMarkIsNoMistake() throws Exception {
    var sample = new Sample(directory);
    assertThat(sample.checkWhole("\uFEFF" + Sample.completed("")).warnings()).isEmpty();
  }
}
