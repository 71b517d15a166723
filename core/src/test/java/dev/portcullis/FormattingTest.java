package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source file is formatted by google-java-format. A test and not a Maven plugin, because a
 * plugin runs in Maven's own JVM, which may be older than the language of the sources. {@code
 * ./format} mends what is not.
 */
class FormattingTest {
  @Test
  void everySourceFileIsFormatted() throws Exception {
    boolean write = "write".equals(System.getProperty("format"));
    var formatter = new Formatter();
    var unformatted = new ArrayList<Path>();
    for (Path file : sources()) {
      String source = Files.readString(file);
      String formatted = formatter.formatSource(RemoveUnusedImports.removeUnusedImports(source));
      if (!formatted.equals(source)) {
        unformatted.add(file);
        if (write) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (!write) {
      assertThat(unformatted).as("files to format: ./format mends them").isEmpty();
    }
  }

  private static List<Path> sources() throws Exception {
    var all = new ArrayList<Path>();
    for (String root : List.of("../core/src", "../bench/src")) {
      if (!Files.isDirectory(Path.of(root))) {
        continue;
      }
      try (var files = Files.walk(Path.of(root))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all;
  }
}
