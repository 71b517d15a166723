package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents tell a reader to type can be typed. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  @Test
  void everyCommandInTheDocumentsIsUnderstood() throws Exception {
    int commands = 0;
    for (Path document : documents()) {
      var blocks = BLOCK.matcher(Files.readString(document));
      while (blocks.find()) {
        for (String line : blocks.group(1).lines().toList()) {
          if (line.startsWith("./portcullis ")) {
            commands++;
            CommandLine parsed = Main.commandLine();
            assertThat(parsed.parseArgs(words(line)).hasSubcommand())
                .as(document + ": " + line)
                .isTrue();
          }
        }
      }
    }
    assertThat(commands).isGreaterThan(15);
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() throws Exception {
    for (Path document : documents()) {
      var links = LINK.matcher(Files.readString(document));
      while (links.find()) {
        assertThat(document.resolveSibling(links.group(1))).as(document.toString()).exists();
      }
    }
  }

  @Test
  void ciRunsTheReadmesTestCommand() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme).contains("\n./mvnw verify\n");
    assertThat(Files.readString(ROOT.resolve(".ci/run")).stripTrailing())
        .endsWith("\n./mvnw verify");
  }

  private static String[] words(String line) {
    var words = new ArrayList<String>();
    var found = WORD.matcher(line.substring("./portcullis ".length()));
    while (found.find()) {
      words.add(found.group(1) != null ? found.group(1) : found.group(2));
    }
    return words.toArray(String[]::new);
  }

  private static List<Path> documents() throws Exception {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "bench/README.md").map(ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }
}
