package dev.portcullis.recover;

import dev.portcullis.recover.engine.EngineException;
import dev.portcullis.recover.engine.Summary;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends one harvest to all destinations at once; each fails by itself. */
final class EngineBackup {
  /**
   * How it went at one destination.
   *
   * @param summary of what was kept
   */
  record Sent(Place place, Optional<Summary> summary, Optional<EngineException> failure) {}

  /**
   * @param content digest of what was sent, where it is known
   */
  record Result(List<Sent> sent, Optional<String> content) {}

  private interface Sending {
    Summary send() throws EngineException;
  }

  private final String asset;
  private final List<Place> places;

  EngineBackup(String asset, List<Place> places) {
    this.asset = asset;
    this.places = places;
  }

  Result send(Harvest harvest, Instant at, Task task) {
    List<String> tags = Place.tags(asset, "data", Map.of("at", Long.toString(at.toEpochMilli())));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new LinkedHashMap<Place, Future<Sent>>();
      return switch (harvest) {
        case Harvest.Files files -> {
          for (Place place : places) {
            running.put(
                place,
                threads.submit(() ->
                    attempt(
                        place,
                        () -> {
                          place.restic().open();
                          return place
                              .restic()
                              .backup(
                                  files.directory(),
                                  files.excludes(),
                                  tags,
                                  task,
                                  task.cancellation());
                        })));
          }
          yield new Result(ended(running), files.content());
        }
        case Harvest.Stream stream -> {
          var branches = new ArrayList<Branch>();
          for (Place place : places) {
            var branch = new Branch();
            branches.add(branch);
            running.put(
                place,
                threads.submit(() ->
                    attempt(
                        place,
                        () -> {
                          try (branch) {
                            place.restic().open();
                            return place
                                .restic()
                                .backup(branch, stream.file(), tags, task, task.cancellation());
                          }
                        })));
          }
          Optional<String> content = new StreamSource(stream).run(branches, task.cancellation());
          yield new Result(ended(running), content);
        }
      };
    } catch (IOException e) {
      throw new RecoveryException("The backup of " + asset + " was cut off: " + e.getMessage(), e);
    }
  }

  private static Sent attempt(Place place, Sending sending) {
    try {
      return new Sent(place, Optional.of(sending.send()), Optional.empty());
    } catch (EngineException e) {
      return new Sent(place, Optional.empty(), Optional.of(e));
    }
  }

  private static List<Sent> ended(Map<Place, Future<Sent>> running) {
    var sent = new ArrayList<Sent>();
    for (var entry : running.entrySet()) {
      try {
        sent.add(entry.getValue().get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RecoveryException("Interrupted while a backup was sent");
      } catch (ExecutionException e) {
        throw new RecoveryException("A backup broke off: " + e.getCause(), e);
      }
    }
    return sent;
  }
}
