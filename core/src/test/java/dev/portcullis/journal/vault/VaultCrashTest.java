package dev.portcullis.journal.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalVerifier;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Revealed;
import dev.portcullis.journal.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another process is killed (SIGKILL) while it writes. {@code -Dcrash.rounds=N} for more. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class VaultCrashTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 12);

  @TempDir Path directory;

  @Test
  void everyPseudonymInTheJournalOfAKilledProcessHasItsPersonOrItsErasure() throws Exception {
    var random = new Random(Long.getLong("crash.seed", 7));
    long erased = 0;
    for (int round = 0; round < ROUNDS; round++) {
      runAndKill(round, 1 + random.nextInt(3_000));
      try (var vault = Vaults.open(directory);
          var journal = Vaults.journal(directory, vault);
          var reader = journal.read(0)) {
        Map<String, Pseudonym> living = new HashMap<>();
        while (reader.hasNext()) {
          Exchange exchange = reader.next().exchange();
          Pseudonym pseudonym = exchange.subjects().getFirst();
          switch (vault.reveal(pseudonym)) {
            case Revealed.Known(String subject) -> {
              // the child writes the person's name where a source would be
              assertThat(subject).isEqualTo(exchange.source());
              assertThat(living.put(subject, pseudonym)).isIn(null, pseudonym);
            }
            case Revealed.Erased e -> erased++;
            case Revealed.Unknown() ->
                throw new AssertionError("Round " + round + ": nobody is behind " + pseudonym);
          }
        }
        assertThat(living).isNotEmpty();
      }
    }
    assertThat(erased)
        .as("an early kill comes before the first erasure, but not each")
        .isPositive();
    var verification = JournalVerifier.verify(directory.resolve("journal"), Optional.empty());
    assertThat(verification).as(verification.text()).isInstanceOf(Verification.Verified.class);
  }

  private void runAndKill(int round, int after) throws Exception {
    Path log = directory.resolve("child.log");
    var child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    VaultCrashChild.class.getName(),
                    directory.toString(),
                    Integer.toString(round)))
            .redirectError(log.toFile())
            .start();
    int recorded = 0;
    try (var in = child.getInputStream()) {
      while (in.read() >= 0) {
        if (++recorded == after) {
          child.destroyForcibly();
        }
      }
    } catch (IOException closed) {
      // Java closes the pipe when the process is dead
    }
    child.destroyForcibly().waitFor();
    assertThat(recorded).as(Files.readString(log)).isGreaterThanOrEqualTo(after);
  }
}
