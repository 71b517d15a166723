package dev.portcullis.recover;

import dev.portcullis.config.DestinationSettings;
import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.EngineException;
import dev.portcullis.recover.engine.Restic;
import dev.portcullis.recover.engine.Snapshot;
import dev.portcullis.recover.engine.Summary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One destination's repository as recovery sees it. A recovery point is two snapshots: the data,
 * and then a small seal that says of it that it is complete, when, and what it must hold; data
 * without a seal was never finished. The list is remembered until something of ours changes it, or
 * for a minute.
 */
final class Place {
  /** How long a list that nobody of ours has changed is believed, in nanoseconds. */
  private static final long BELIEVED = 60_000_000_000L;

  private static final String PRODUCT = "portcullis";
  private static final String SEAL_FILE = "seal.json";

  private record Remembered(List<Snapshot> snapshots, long nanos) {}

  private final DestinationSettings settings;
  private final Restic restic;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  Place(DestinationSettings settings, Restic restic) {
    this.settings = settings;
    this.restic = restic;
  }

  DestinationSettings settings() {
    return settings;
  }

  Restic restic() {
    return restic;
  }

  String name() {
    return settings.name();
  }

  /** The tags of an asset's snapshot in that role. */
  static List<String> tags(String asset, String role, Map<String, String> more) {
    var tags = new ArrayList<>(List.of(PRODUCT, "asset:" + asset, "role:" + role));
    more.forEach((name, value) -> tags.add(name + ":" + value));
    return tags;
  }

  /** All of an asset's snapshots. */
  List<Snapshot> snapshots(String asset) throws EngineException {
    Remembered known = remembered.get(asset);
    if (known != null && System.nanoTime() - known.nanos() < BELIEVED) {
      return known.snapshots();
    }
    List<Snapshot> fresh = restic.snapshots(List.of(PRODUCT, "asset:" + asset));
    remembered.put(asset, new Remembered(List.copyOf(fresh), System.nanoTime()));
    return fresh;
  }

  /** Somebody has changed what there is. */
  void changed(String asset) {
    remembered.remove(asset);
  }

  /** The asset's recovery points, newest first. */
  List<KeptPoint> points(String asset) throws EngineException {
    List<Snapshot> all = snapshots(asset);
    var points = new ArrayList<KeptPoint>();
    for (Snapshot seal : all) {
      if (seal.tag("role").equals(Optional.of("seal"))) {
        data(seal, all).flatMap(data -> point(asset, seal, data)).ifPresent(points::add);
      }
    }
    points.sort(Comparator.comparing(KeptPoint::at).reversed());
    return points;
  }

  private static Optional<Snapshot> data(Snapshot seal, List<Snapshot> all) {
    String beginning = seal.tag("of").orElse("-");
    return all.stream().filter(data -> data.id().startsWith(beginning)).findFirst();
  }

  private static Optional<KeptPoint> point(String asset, Snapshot seal, Snapshot data) {
    try {
      return Optional.of(
          new KeptPoint(
              asset,
              moment(seal, "at"),
              moment(seal, "complete"),
              Long.parseLong(seal.tag("bytes").orElse("0")),
              seal.tag("content").filter(text -> !text.isEmpty()).orElse(data.tree()),
              data.id(),
              seal.id()));
    } catch (NumberFormatException e) {
      return Optional.empty(); // a seal that we did not write
    }
  }

  private static Instant moment(Snapshot seal, String tag) {
    return Instant.ofEpochMilli(Long.parseLong(seal.tag(tag).orElse("")));
  }

  /** Says of data just kept that it is complete. */
  void seal(
      String asset,
      Summary kept,
      Instant at,
      Instant complete,
      String content,
      Map<String, String> details)
      throws EngineException {
    var more = new HashMap<String, String>();
    more.put("at", Long.toString(at.toEpochMilli()));
    more.put("complete", Long.toString(complete.toEpochMilli()));
    more.put("of", kept.snapshot());
    more.put("bytes", Long.toString(kept.bytes()));
    more.put("content", content);
    restic.backup(
        new ByteArrayInputStream(Details.json(details)),
        SEAL_FILE,
        tags(asset, "seal", more),
        progress -> {},
        new Cancellation());
    changed(asset);
  }

  /** What was kept with a recovery point. */
  Map<String, String> details(KeptPoint point) throws EngineException {
    var json = new ByteArrayOutputStream();
    restic.dump(point.seal(), SEAL_FILE, json, new Cancellation());
    return Details.parse(json.toByteArray());
  }

  /** Brings a recovery point's files into a directory. */
  void fetch(KeptPoint point, Path directory, Task task) throws EngineException {
    restic.restore(point.data(), directory, point.bytes(), task, task.cancellation());
  }

  /**
   * Removes all of the asset's snapshots but those that belong to the moments to keep: unfinished
   * data, what lies between two recovery points of which the earlier goes, and what newer ones
   * replace.
   *
   * @param unfinished data at least so old counts as given up
   */
  void retain(String asset, List<KeptPoint> keep, Instant unfinished, boolean prune)
      throws EngineException {
    var stays = new HashSet<String>();
    var bases = new HashSet<String>();
    keep.forEach(point -> {
      stays.add(point.data());
      stays.add(point.seal());
      bases.add(Long.toString(point.at().toEpochMilli()));
    });
    List<Snapshot> all = restic.snapshots(List.of(PRODUCT, "asset:" + asset));
    Map<String, Snapshot> newestLog = newestLogs(all);
    var goes = new ArrayList<String>();
    for (Snapshot snapshot : all) {
      boolean needed =
          switch (snapshot.tag("role").orElse("")) {
            case "wal" -> {
              String base = snapshot.tag("base").orElse("");
              yield snapshot.equals(newestLog.get(base))
                  && (bases.contains(base) || isYoung(base, unfinished));
            }
            case "data" ->
                stays.contains(snapshot.id())
                    || isYoung(snapshot.tag("at").orElse("0"), unfinished);
            default -> stays.contains(snapshot.id());
          };
      if (!needed) {
        goes.add(snapshot.id());
      }
    }
    if (!goes.isEmpty()) {
      restic.forget(goes, prune, new Cancellation());
      changed(asset);
    }
  }

  /** Forgets the pieces of write-ahead log that newer ones hold too. */
  void thinLogs(String asset) throws EngineException {
    List<Snapshot> all = restic.snapshots(List.of(PRODUCT, "asset:" + asset));
    Map<String, Snapshot> newest = newestLogs(all);
    List<String> goes =
        all.stream()
            .filter(snapshot -> snapshot.tag("role").equals(Optional.of("wal")))
            .filter(snapshot -> !newest.containsValue(snapshot))
            .map(Snapshot::id)
            .toList();
    restic.forget(goes, false, new Cancellation());
    changed(asset);
  }

  /** The newest piece of write-ahead log that follows each base; it holds the earlier ones. */
  static Map<String, Snapshot> newestLogs(List<Snapshot> all) {
    var newest = new HashMap<String, Snapshot>();
    for (Snapshot snapshot : all) {
      if (snapshot.tag("role").equals(Optional.of("wal"))) {
        newest.merge(
            snapshot.tag("base").orElse(""), snapshot, (a, b) -> at(a).isAfter(at(b)) ? a : b);
      }
    }
    return newest;
  }

  private static Instant at(Snapshot snapshot) {
    return Instant.ofEpochMilli(Long.parseLong(snapshot.tag("at").orElse("0")));
  }

  private static boolean isYoung(String millis, Instant limit) {
    return millis.matches("\\d{1,18}") && Long.parseLong(millis) > limit.toEpochMilli();
  }
}
