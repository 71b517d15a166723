package dev.portcullis.journal.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.PseudonymsUnavailableException;
import dev.portcullis.journal.Revealed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectVaultTest {
  @TempDir Path directory;

  @Test
  void aPersonHasOnePseudonymOfElevenCharactersThatOnlyTheVaultTurnsBack() {
    Pseudonym anna;
    try (var vault = Vaults.open(directory)) {
      anna = vault.of("anna");
      assertThat(vault.of("anna")).isEqualTo(anna);
      assertThat(vault.of("berta")).isNotEqualTo(anna);
      vault.commit();
      assertThat(vault.of("anna")).isEqualTo(anna);
      assertThat(anna.value()).matches("[A-Za-z0-9_-]{11}");
      assertThat(vault.reveal(anna)).isEqualTo(new Revealed.Known("anna"));
      assertThat(vault.find("anna")).hasValue(anna);
      assertThat(vault.find("carla")).isEmpty();
      assertThat(vault.reveal(new Pseudonym("AAAAAAAAAAA"))).isEqualTo(new Revealed.Unknown());
      assertThat(vault.reveal(new Pseudonym("not base64!"))).isEqualTo(new Revealed.Unknown());
      assertThat(vault.reveal(new Pseudonym(""))).isEqualTo(new Revealed.Unknown());
    }
    try (var again = Vaults.open(directory)) {
      assertThat(again.of("anna")).isEqualTo(anna);
      assertThat(again.reveal(anna)).isEqualTo(new Revealed.Known("anna"));
    }
    try (var stolen =
        SubjectVault.open(
            directory.resolve("vault.db"),
            Keyring.open(directory.resolve("other-keys")),
            InstantSource.system(),
            new SimpleMeterRegistry())) {
      assertThat(stolen.reveal(anna)).isEqualTo(new Revealed.Unknown());
      assertThat(stolen.find("anna")).isEmpty();
    }
  }

  @Test
  void noPersonStandsInTheFilesInClear() throws Exception {
    String name = "a-name-that-stands-nowhere-else";
    try (var vault = Vaults.open(directory)) {
      vault.of(name);
      vault.commit();
      assertThat(vault.toString()).doesNotContain(name);
      assertThat(vault.reveal(vault.of(name)).toString()).doesNotContain(name);
      assertThat(filesWith(name.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
  }

  @Test
  void whatIsTakenBackWasNeverGiven() {
    try (var vault = Vaults.open(directory)) {
      Pseudonym given = vault.of("anna");
      vault.rollback();
      assertThat(vault.reveal(given)).isEqualTo(new Revealed.Unknown());
      assertThat(vault.find("anna")).isEmpty();
      assertThat(vault.of("anna")).isNotEqualTo(given);
      vault.commit();
      assertThat(vault.find("anna")).isPresent();
    }
  }

  @Test
  void anErasedPersonCannotBeToldAnyMoreAndComesBackAsAnother() {
    try (var vault = Vaults.open(directory)) {
      Pseudonym anna = vault.of("anna");
      Pseudonym berta = vault.of("berta");
      vault.commit();
      Erasure erasure = vault.erase("anna", Vaults.ORDER).orElseThrow();
      assertThat(erasure.id()).isEqualTo("ERA-1");
      assertThat(erasure.pseudonym()).isEqualTo(anna);
      assertThat(erasure.request()).hasValue("R-42");
      assertThat(vault.erasures(10)).containsExactly(erasure);
      assertThat(vault.reveal(anna)).isEqualTo(new Revealed.Erased(erasure.at()));
      assertThat(vault.reveal(anna).text(anna))
          .startsWith("erased on ")
          .contains(anna.toString())
          .doesNotContain("anna");
      assertThat(vault.find("anna")).isEmpty();
      assertThat(vault.erase("anna", Vaults.ORDER)).isEmpty();
      assertThat(vault.reveal(berta)).isEqualTo(new Revealed.Known("berta"));
      Pseudonym again = vault.of("anna");
      vault.commit();
      assertThat(again).isNotEqualTo(anna);
      assertThat(vault.reveal(again)).isEqualTo(new Revealed.Known("anna"));
      assertThat(vault.reveal(anna)).isEqualTo(new Revealed.Erased(erasure.at()));
    }
  }

  @Test
  void anErasureIsGoneFromEveryFileToTheLastByte() throws Exception {
    var random = new Random(11);
    try (var vault = Vaults.open(directory)) {
      var alive = new ArrayList<String>();
      for (int round = 0; round < 6; round++) {
        for (int i = 0; i < 6_000; i++) {
          String subject = "person-" + round + "-" + i + "x".repeat(random.nextInt(60));
          vault.of(subject);
          alive.add(subject);
          if (i % 700 == 0) {
            vault.commit();
          }
        }
        vault.commit();
        for (int i = 0; i < 8; i++) {
          String subject = alive.remove(random.nextInt(alive.size()));
          Shards.Row row = row(vault.find(subject).orElseThrow());
          assertThat(filesWith(row.hash)).as("its row before").isNotEmpty();
          Erasure erasure = vault.erase(subject, Vaults.ORDER).orElseThrow();
          assertThat(filesWith(row.hash)).as("its keyed hash").isEmpty();
          assertThat(filesWith(slice(row.sealed, 5, 30))).as("its wrapped key").isEmpty();
          assertThat(filesWith(slice(row.sealed, row.sealed.length - 16, row.sealed.length)))
              .as("the end of its ciphertext")
              .isEmpty();
          assertThat(occurrences(row.pseudonym))
              .as("its pseudonym: in the register and its index alone")
              .isEqualTo(2);
          assertThat(vault.reveal(erasure.pseudonym())).isInstanceOf(Revealed.Erased.class);
        }
      }
      for (String subject : alive) {
        assertThat(vault.reveal(vault.find(subject).orElseThrow()))
            .isEqualTo(new Revealed.Known(subject));
      }
    }
  }

  @Test
  void anErasureThatAnotherProgramKeepsFromTheFilesIsFinishedAtTheNextOpening() throws Exception {
    Shards.Row row;
    try (var other = VaultFile.open(directory.resolve("vault.db"), VaultLimits.DEFAULT)) {
      try (var vault = Vaults.open(directory)) {
        vault.of("anna");
        vault.commit();
        row = row(vault.find("anna").orElseThrow());
        other.run("BEGIN");
        other.number("SELECT COUNT(*) FROM probe");
        assertThat(vault.erase("anna", Vaults.ORDER)).isPresent();
        assertThat(vault.find("anna")).isEmpty();
        assertThat(filesWith(row.hash)).as("a reader keeps the log").isNotEmpty();
        other.run("ROLLBACK");
      }
      try (var vault = Vaults.open(directory)) {
        assertThat(vault.find("anna")).isEmpty();
        assertThat(filesWith(row.hash)).isEmpty();
      }
    }
  }

  @Test
  void aFullVaultSaysSoAndGivesNothingThatItDoesNotKeep() {
    var limits = new VaultLimits(100, 128, 1_000, 3 << 20, VaultLimits.DEFAULT.patience());
    try (var vault = Vaults.open(directory, limits)) {
      Pseudonym first = vault.of("first");
      vault.commit();
      var batch = new ArrayList<Pseudonym>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  batch.add(vault.of("person-" + i));
                  if (i % 500 == 0) {
                    vault.commit();
                    batch.clear();
                  }
                }
              })
          .isInstanceOfSatisfying(
              PseudonymsUnavailableException.class, e -> assertThat(e.isDiskFull()).isTrue())
          .hasMessageContaining("vault.db")
          .hasMessageNotContaining("person-");
      vault.rollback();
      assertThat(batch).isNotEmpty();
      batch.forEach(each -> assertThat(vault.reveal(each)).isEqualTo(new Revealed.Unknown()));
      assertThat(vault.reveal(first)).isEqualTo(new Revealed.Known("first"));
    }
  }

  @Test
  void whateverIsDoneItNeverForgetsOrMixesUpTheLiving() {
    var random = new Random(3);
    var limits = new VaultLimits(20, 128, 10, 1L << 30, VaultLimits.DEFAULT.patience());
    Map<String, Pseudonym> committed = new HashMap<>();
    Map<String, Pseudonym> open = new HashMap<>();
    Set<Pseudonym> erased = new HashSet<>();
    SubjectVault vault = Vaults.open(directory, limits);
    try {
      for (int step = 0; step < 4_000; step++) {
        String subject = "s" + random.nextInt(80);
        switch (random.nextInt(12)) {
          case 0 -> {
            vault.commit();
            committed.putAll(open);
            open.clear();
          }
          case 1 -> {
            if (open.size() < 10) {
              vault.rollback();
            } else {
              vault.commit();
              committed.putAll(open);
            }
            open.clear();
          }
          case 2 -> {
            if (open.isEmpty()) {
              boolean known = committed.containsKey(subject);
              assertThat(vault.erase(subject, Vaults.ORDER).isPresent()).isEqualTo(known);
              if (known) {
                erased.add(committed.remove(subject));
              }
            }
          }
          case 3 -> {
            if (open.isEmpty() && random.nextInt(20) == 0) {
              vault.close();
              vault = Vaults.open(directory, limits);
            }
          }
          default -> {
            if (open.size() < 10) {
              Pseudonym given = vault.of(subject);
              Pseudonym expected = committed.getOrDefault(subject, open.get(subject));
              if (expected == null) {
                assertThat(committed).doesNotContainValue(given);
                assertThat(erased).doesNotContain(given);
                open.put(subject, given);
              } else {
                assertThat(given).isEqualTo(expected);
              }
            }
          }
        }
      }
      vault.commit();
      committed.putAll(open);
      for (var entry : committed.entrySet()) {
        assertThat(vault.reveal(entry.getValue())).isEqualTo(new Revealed.Known(entry.getKey()));
      }
      for (Pseudonym pseudonym : erased) {
        assertThat(vault.reveal(pseudonym)).isInstanceOf(Revealed.Erased.class);
      }
      assertThat(erased).isNotEmpty();
    } finally {
      vault.close();
    }
  }

  private Shards.Row row(Pseudonym pseudonym) {
    try (var file = VaultFile.open(directory.resolve("vault.db"), VaultLimits.DEFAULT)) {
      byte[] bytes = PseudonymBytes.of(pseudonym).orElseThrow();
      return file.doing(() -> Shards.byPseudonym(file, bytes)).orElseThrow();
    }
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return java.util.Arrays.copyOfRange(bytes, from, to);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private List<Path> filesWith(byte[] bytes) throws IOException {
    var found = new ArrayList<Path>();
    for (Path file : files()) {
      if (count(Files.readAllBytes(file), bytes) > 0) {
        found.add(file);
      }
    }
    return found;
  }

  private int occurrences(byte[] bytes) throws IOException {
    int count = 0;
    for (Path file : files()) {
      count += count(Files.readAllBytes(file), bytes);
    }
    return count;
  }

  private static int count(byte[] text, byte[] wanted) {
    // one byte, one character: the machine's own search does the work
    String all = new String(text, StandardCharsets.ISO_8859_1);
    String one = new String(wanted, StandardCharsets.ISO_8859_1);
    int count = 0;
    for (int at = all.indexOf(one); at >= 0; at = all.indexOf(one, at + 1)) {
      count++;
    }
    return count;
  }
}
