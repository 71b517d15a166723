package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directory with all below it. Files that change while they are read are kept as they were read:
 * what must be of one moment is better an asset of another kind.
 */
final class DirectoryKind implements AssetKind {
  private final Path live;
  private final List<String> excludes;

  DirectoryKind(Path live, List<String> excludes) {
    this.live = live;
    this.excludes = List.copyOf(excludes);
  }

  @Override
  public String live() {
    return live.toString();
  }

  @Override
  public Harvest harvest(Path work, Task task) {
    if (!Files.isDirectory(live)) {
      throw new RecoveryException(
          "There is no directory " + live + ": mount it, correct the asset's path, or restore it");
    }
    try (var entries = Files.list(live)) {
      if (entries.findAny().isEmpty()) {
        throw new RecoveryException(
            "The directory "
                + live
                + " is empty, which is no state worth keeping: mount what"
                + " belongs there, or restore it");
      }
    } catch (IOException e) {
      throw new RecoveryException("Cannot read " + live + ": " + StateFiles.reason(e), e);
    }
    return new Harvest.Files(live, excludes, false, Optional.empty(), Map.of());
  }

  @Override
  public Brought prove(Trial trial) throws BrokenPointException, IOException {
    Trees.Size size = Trees.size(trial.raw());
    if (size.bytes() != trial.point().bytes()) {
      throw new BrokenPointException(
          "it holds " + size.bytes() + " bytes where " + trial.point().bytes() + " were kept");
    }
    trial.checked("Restored " + size.files() + " files of " + size.bytes() + " bytes together");
    return new Brought(trial.raw(), Optional.empty());
  }

  @Override
  public Optional<Path> overLive(Brought brought, Path safety, Trial trial) throws IOException {
    Path fresh = live.resolveSibling("." + live.getFileName() + ".restoring");
    Trees.delete(fresh);
    Trees.copy(brought.result(), fresh);
    // on the live directory's own disk, so that it is a change of name and not of bytes
    Path before = live.resolveSibling(live.getFileName() + ".before-" + trial.order().id());
    boolean there = Files.exists(live);
    if (there) {
      Trees.move(live, before);
    }
    try {
      Trees.move(fresh, live);
    } catch (IOException e) {
      if (there) {
        Trees.move(before, live);
      }
      throw e;
    }
    Trees.Size size = Trees.size(live);
    trial.checked(
        "The live directory holds "
            + size.files()
            + " files of "
            + size.bytes()
            + " bytes together");
    return there ? Optional.of(before) : Optional.empty();
  }
}
