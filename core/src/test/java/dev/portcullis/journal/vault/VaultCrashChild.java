package dev.portcullis.journal.vault;

import dev.portcullis.journal.Journal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * Records reads of new and known people, and erases some, until it is killed; prints a byte for
 * each that is recorded.
 */
final class VaultCrashChild {
  private VaultCrashChild() {}

  /** Arguments: the directory, the round. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    String round = arguments[1];
    var out = new FileOutputStream(FileDescriptor.out);
    var open = new Semaphore(200);
    var vault = Vaults.open(directory);
    var journal = Vaults.journal(directory, vault);
    Thread.ofPlatform()
        .start(() -> {
          for (long i = 0; ; i += 50) {
            vault.erase("person-" + round + "-" + i, Vaults.ORDER);
            Thread.yield();
          }
        });
    for (long i = 0; ; i++) {
      open.acquire();
      // every third is somebody known, of this round or of an earlier one
      String whom = "person-" + (i % 3 == 0 ? "0-" + i / 9 : round + "-" + i);
      journal.append(
          Vaults.about(Instant.ofEpochSecond(1_790_000_000 + i), "key-1", whom, whom),
          i % 5 == 0 ? Journal.Durability.SYNCED : Journal.Durability.WRITTEN,
          new Journal.Receipt() {
            @Override
            public void recorded(long sequence) {
              open.release();
              try {
                out.write(1);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }

            @Override
            public void lost(String reason) {
              throw new IllegalStateException(reason);
            }
          });
    }
  }
}
