package dev.portcullis.journal.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One large shard, where rows are moved from page to page all the time. */
class ShardsTest {
  private static final String MARK = "MARKMARK";

  @TempDir Path directory;

  @Test
  void noForgottenRowSurvivesInTheFreeSpaceOfAPage() throws Exception {
    var random = new Random(5);
    Path path = directory.resolve("vault.db");
    Set<String> forgotten = new HashSet<>();
    List<Shards.Row> alive = new ArrayList<>();
    try (var file = VaultFile.open(path, VaultLimits.DEFAULT)) {
      file.doing(() -> {
        Shards.create(file);
        for (int round = 0; round < 8; round++) {
          file.begin();
          for (int i = 0; i < 600; i++) {
            Shards.Row row = row(random);
            assertThat(Shards.claim(file, row.pseudonym, row.hash)).isTrue();
            Shards.insert(file, row);
            alive.add(row);
          }
          file.commit();
          Collections.shuffle(alive, random);
          file.begin();
          for (int i = 0; i < 150; i++) {
            Shards.Row row = alive.removeLast();
            Shards.forget(file, row);
            forgotten.add(text(row.hash));
          }
          file.commit();
        }
        return file.number("PRAGMA wal_checkpoint(TRUNCATE)");
      });
    }
    String all = text(Files.readAllBytes(path));
    var found = new HashSet<String>();
    for (int at = all.indexOf(MARK); at >= 0; at = all.indexOf(MARK, at + 1)) {
      found.add(all.substring(at - 3, at + 13));
    }
    assertThat(found).as("the search finds the living").hasSizeGreaterThanOrEqualTo(alive.size());
    assertThat(found).doesNotContainAnyElementsOf(forgotten);
  }

  private static Shards.Row row(Random random) {
    byte[] hash = new byte[16];
    random.nextBytes(hash);
    System.arraycopy(MARK.getBytes(StandardCharsets.US_ASCII), 0, hash, 3, MARK.length());
    hash[15] = 7;
    byte[] pseudonym = new byte[PseudonymBytes.LENGTH];
    random.nextBytes(pseudonym);
    pseudonym[7] = 7;
    byte[] sealed = new byte[85 + random.nextInt(75)];
    random.nextBytes(sealed);
    return new Shards.Row(hash, pseudonym, sealed);
  }

  /** One byte, one character. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
