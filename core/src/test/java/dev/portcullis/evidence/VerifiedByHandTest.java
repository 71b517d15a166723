package dev.portcullis.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What VERIFY.md tells a reader to type is typed, with nothing of ours at hand. */
class VerifiedByHandTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

  @TempDir Path directory;

  private static List<String> blocks(String document) {
    var blocks = new ArrayList<String>();
    var found = BLOCK.matcher(document);
    while (found.find()) {
      blocks.add(found.group(1));
    }
    return blocks;
  }

  private static String bash(Path where, String script) throws Exception {
    Path output = where.resolveSibling("output");
    var process =
        new ProcessBuilder("bash", "-c", script)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  private Path unpacked(Case robbed) throws Exception {
    Path archive = directory.resolve("inc-1.zip");
    robbed.export(robbed.incident(), archive);
    Path where = Files.createDirectory(directory.resolve("unpacked"));
    for (var file : Archives.read(archive).entrySet()) {
      Files.write(where.resolve(file.getKey()), file.getValue());
    }
    return where;
  }

  @Test
  void anArchiveIsVerifiedWithOpensslAndAShell() throws Exception {
    try (var robbed = new Case(directory)) {
      robbed.traffic(301);
      robbed.lose(301);
      robbed.append(robbed.exchange(302, Case.THIEF, "key-1"));
      Path where = unpacked(robbed);
      List<String> blocks = blocks(Files.readString(where.resolve("VERIFY.md")));
      assertThat(blocks).hasSize(4);
      assertThat(bash(where, blocks.get(0))).contains("the two keys are one");
      assertThat(bash(where, blocks.get(1)))
          .contains("Signature Verified Successfully", "SHA256SUMS is as signed")
          .contains("exchanges.ndjson: OK")
          .doesNotContain("FAILED");
      assertThat(bash(where, blocks.get(2))).contains("Signature Verified Successfully");
      for (String line : List.of("1p", "2p", "57p", "102p")) {
        assertThat(
                bash(where, blocks.get(3).replace("-n 1p exchanges", "-n " + line + " exchanges")))
            .as(line)
            .contains("the record is in the journal");
      }
      assertThat(bash(where, blocks.get(3).replace("exchanges.ndjson", "gaps.ndjson")))
          .contains("the record is in the journal");
    }
  }

  @Test
  void whatWasAlteredIsFoundByHandToo() throws Exception {
    try (var robbed = new Case(directory)) {
      robbed.traffic(30);
      Path where = unpacked(robbed);
      List<String> blocks = blocks(Files.readString(where.resolve("VERIFY.md")));
      Path exchanges = where.resolve(Archive.EXCHANGES);
      Files.writeString(
          exchanges,
          Files.readString(exchanges).replaceFirst("\"record\":\"AQ", "\"record\":\"AR"));
      assertThat(bash(where, blocks.get(1))).contains("exchanges.ndjson: FAILED");
      assertThat(bash(where, blocks.get(3))).doesNotContain("the record is in the journal");
      Path manifest = where.resolve(Archive.MANIFEST);
      Files.writeString(manifest, Files.readString(manifest).replaceFirst("EVD-1", "EVD-2"));
      assertThat(bash(where, blocks.get(1))).contains("Signature Verification Failure");
    }
  }
}
