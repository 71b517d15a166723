package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A SQLite database in the engine's repositories; what is known of it is {@link SqliteDriver}. */
final class SqliteKind implements AssetKind {
  private static final String FILE = "database.db";

  private final SqliteDriver driver;

  SqliteKind(Path live) {
    this.driver = new SqliteDriver(live);
  }

  @Override
  public String live() {
    return driver.live().toString();
  }

  @Override
  public Harvest harvest(Path work, Task task) {
    Path copy = work.resolve(FILE);
    driver.snapshot(copy);
    String content = driver.content(copy).digest();
    return new Harvest.Files(work, List.of(), true, Optional.of(content), Map.of());
  }

  @Override
  public Brought prove(Trial trial) throws BrokenPointException {
    Path copy = trial.raw().resolve(FILE);
    if (!Files.isRegularFile(copy)) {
      throw new BrokenPointException("it holds no database");
    }
    List<String> complaints = driver.complaints(copy);
    if (!complaints.isEmpty()) {
      throw new BrokenPointException("its integrity check says " + complaints.getFirst());
    }
    trial.checked("Integrity check of the restored copy: no complaint");
    Content found = driver.content(copy);
    if (!found.digest().equals(trial.point().content())) {
      throw new BrokenPointException(
          "it holds "
              + found.describe()
              + " where SHA-256 "
              + trial.point().content()
              + " was kept");
    }
    trial.checked("Content of the restored copy equals what was kept: " + found.describe());
    return new Brought(copy, Optional.empty());
  }

  @Override
  public Optional<Path> overLive(Brought brought, Path safety, Trial trial) throws IOException {
    boolean kept = driver.preserve(safety);
    if (kept) {
      StateFiles.forceDirectory(safety);
    }
    Content expected = driver.content(brought.result());
    Content found = driver.replaceLive(brought.result(), expected);
    if (!found.equals(expected)) {
      throw new RecoveryException(
          "After the restore "
              + live()
              + " holds "
              + found.describe()
              + " where "
              + expected.describe()
              + " was restored"
              + (kept ? "; what was there before lies at " + safety : ""));
    }
    trial.checked("Content of the live asset equals the recovery point: " + found.describe());
    return kept ? Optional.of(safety) : Optional.empty();
  }
}
