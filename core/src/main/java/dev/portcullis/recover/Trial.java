package dev.portcullis.recover;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One recovery point while it is brought back and proven.
 *
 * @param place where it comes from
 * @param room directory of this trial alone, removed afterwards
 * @param raw below it: what was kept
 * @param before the moment before which the restored state must lie
 */
record Trial(
    KeptPoint point,
    Place place,
    Path room,
    Path raw,
    Instant before,
    RestoreOrder order,
    Task task,
    List<String> checks) {
  Trial(KeptPoint point, Place place, Path room, Instant before, RestoreOrder order, Task task) {
    this(point, place, room, room.resolve("raw"), before, order, task, new ArrayList<>());
  }

  void checked(String words) {
    checks.add(words);
  }
}
