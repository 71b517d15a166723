package dev.portcullis.recover;

import dev.portcullis.crypto.StreamCipher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A directory, best on another machine's disk. A point is two files, {@code
 * <asset>/<timestamp>.bak} and {@code <asset>/<timestamp>.json}; the second is written last, so a
 * point without it was never finished.
 */
final class DirectoryRepository implements BackupRepository {
  /** A manifest above this is none, in bytes. */
  static final int MANIFEST_LIMIT = 4 << 20;

  /** Directory entries above this are not looked at. */
  static final int LISTED = 100_000;

  private static final Pattern OURS =
      Pattern.compile("(?<stamp>" + Manifest.STAMP_PATTERN + ")\\.(?<kind>bak|json)");

  private final Path directory;
  private final SealedFile sealed;
  private final int keep;
  private final List<RetentionRule> rules;

  /**
   * @param keep recovery points of each asset, at least one
   * @param rules may keep more
   */
  DirectoryRepository(Path directory, StreamCipher cipher, int keep, List<RetentionRule> rules) {
    this.directory = directory;
    this.sealed = new SealedFile(cipher);
    this.keep = Math.max(1, keep);
    this.rules = List.copyOf(rules);
  }

  @Override
  public StoredPoint store(String asset, Instant at, Instant complete, Content content, Path copy) {
    Path folder = folder(asset);
    String stamp = Manifest.stamp(at);
    Path file = folder.resolve(stamp + ".bak");
    Path manifestFile = folder.resolve(stamp + ".json");
    if (Files.exists(file) || Files.exists(manifestFile)) {
      throw new RecoveryException(
          "A recovery point of this moment lies at "
              + file
              + " already: move it away, or see whether the clock was set back");
    }
    Path part = folder.resolve("." + stamp + ".bak.part");
    Path manifestPart = folder.resolve("." + stamp + ".json.part");
    try {
      StateFiles.directory(folder);
      discardParts(folder);
      var seal = new Manifest.Seal(asset, at, complete, content.digest());
      String sha256 = sealed.write(part, seal, copy);
      var manifest =
          new Manifest(
              Manifest.FORMAT,
              asset,
              at,
              complete,
              content.digest(),
              content.rows(),
              Files.size(part),
              sha256);
      try (var out = StateFiles.create(manifestPart)) {
        out.write(manifest.bytesOfJson());
      }
      StateFiles.publish(part, file);
      StateFiles.publish(manifestPart, manifestFile);
      retire(asset);
      return manifest.at(file);
    } catch (IOException e) {
      for (Path leftover : List.of(part, manifestPart, manifestFile, file)) {
        discard(leftover, e);
      }
      throw failed("keep a recovery point in", folder, e);
    }
  }

  @Override
  public Listing list(String asset) {
    if (!Files.exists(directory)) {
      return new Listing(
          List.of(),
          List.of(
              "the backup destination "
                  + directory
                  + " does not exist: create the directory, or mount what belongs there"));
    }
    Path folder = folder(asset);
    var points = new ArrayList<StoredPoint>();
    var broken = new ArrayList<String>();
    if (!Files.exists(folder)) {
      return new Listing(points, broken);
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      int seen = 0;
      for (Path entry : entries) {
        if (++seen > LISTED) {
          broken.add("more than " + LISTED + " files lie there; the rest is not looked at");
          break;
        }
        inspect(asset, entry, points, broken);
      }
    } catch (IOException e) {
      throw failed("list the recovery points in", folder, e);
    }
    points.sort(Comparator.comparing((StoredPoint stored) -> stored.point().at()).reversed());
    broken.sort(Comparator.reverseOrder());
    return new Listing(points, broken);
  }

  @Override
  public void fetch(StoredPoint stored, Path copy) throws BrokenPointException {
    sealed.read(Path.of(stored.point().place()), stored.manifest(), copy);
  }

  private void inspect(String asset, Path entry, List<StoredPoint> points, List<String> broken) {
    String name = entry.getFileName().toString();
    var ours = OURS.matcher(name);
    if (!ours.matches()) {
      return;
    }
    String id = asset + "/" + ours.group("stamp");
    if (ours.group("kind").equals("bak")) {
      if (!Files.exists(entry.resolveSibling(ours.group("stamp") + ".json"))) {
        broken.add(id + ": its manifest is missing");
      }
      return;
    }
    try {
      points.add(read(asset, ours.group("stamp"), entry));
    } catch (BrokenPointException e) {
      broken.add(id + ": " + e.getMessage());
    }
  }

  private static StoredPoint read(String asset, String stamp, Path manifestFile)
      throws BrokenPointException {
    Path file = manifestFile.resolveSibling(stamp + ".bak");
    try {
      Manifest manifest;
      try (var in = Files.newInputStream(manifestFile)) {
        manifest = Manifest.parse(in.readNBytes(MANIFEST_LIMIT));
      }
      if (!manifest.asset().equals(asset) || !Manifest.stamp(manifest.at()).equals(stamp)) {
        throw new BrokenPointException("its manifest is another recovery point's");
      }
      if (!Files.isRegularFile(file)) {
        throw new BrokenPointException("its file " + file + " is missing");
      }
      long size = Files.size(file);
      if (size != manifest.bytes()) {
        throw new BrokenPointException(
            "its file has " + size + " bytes where " + manifest.bytes() + " were written");
      }
      return manifest.at(file);
    } catch (IOException e) {
      throw new BrokenPointException("it can't be read: " + StateFiles.reason(e), e);
    }
  }

  /** Removes the oldest; the manifest goes first, so that what is left of a crash is no point. */
  private void retire(String asset) {
    Listing listing = list(asset);
    List<RecoveryPoint> points = listing.points().stream().map(StoredPoint::point).toList();
    for (int i = keep; i < points.size(); i++) {
      RecoveryPoint point = points.get(i);
      if (rules.stream().anyMatch(rule -> rule.keeps(point, points))) {
        continue;
      }
      Path file = Path.of(point.place());
      String name = file.getFileName().toString();
      try {
        Files.deleteIfExists(file.resolveSibling(name.replace(".bak", ".json")));
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw failed("remove the old recovery point", file, e);
      }
    }
  }

  private Path folder(String asset) {
    if (!Files.exists(directory)) {
      throw new RecoveryException(
          "The backup destination "
              + directory
              + " does not exist: create the directory, or mount what belongs there");
    }
    Path folder = directory.resolve(asset);
    for (Path needed : List.of(directory, folder)) {
      if (Files.exists(needed) && !Files.isDirectory(needed)) {
        throw failed(
            "use the backup destination", needed, new NotDirectoryException(needed.toString()));
      }
    }
    return folder;
  }

  /** What a crash left half written; whoever writes here holds the asset's lock. */
  private static void discardParts(Path folder) throws IOException {
    try (var parts = Files.newDirectoryStream(folder, ".*.part")) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static void discard(Path file, IOException because) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  private static RecoveryException failed(String what, Path place, IOException e) {
    return new RecoveryException("Cannot " + what + " " + place + ": " + StateFiles.reason(e), e);
  }
}
