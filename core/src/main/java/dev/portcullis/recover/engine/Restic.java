package dev.portcullis.recover.engine;

import dev.portcullis.recover.engine.EngineException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One repository of the engine's. Every call blocks and runs one process. Thread-safe: what may run
 * side by side does, and what must have the repository for itself waits for the others of this
 * process; against other processes the engine's own locks hold, of which those of dead ones are
 * taken away.
 */
public final class Restic {
  /** A list of snapshots above this is refused, in bytes. */
  static final int LISTING_LIMIT = 64 << 20;

  /** Snapshots forgotten by one process: its command line has a limit. */
  static final int FORGOTTEN_AT_ONCE = 500;

  /** How long the engine may go on repeating what does not work. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Snapshots of one asset come from one place, whatever machine we run on. */
  private static final String HOST = "portcullis";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path program;
  private final Location location;
  private final Map<String, String> environment;
  private final Duration patience;
  private final ReentrantReadWriteLock shared = new ReentrantReadWriteLock();
  private volatile boolean opened;

  /**
   * @param keyFile holds the repository's password; readable by its owner alone
   * @param cache directory of the engine's local copies of indices; may be removed at any time
   */
  public Restic(Path program, Location location, Path keyFile, Path cache) {
    this(program, location, keyFile, cache, PATIENCE);
  }

  Restic(Path program, Location location, Path keyFile, Path cache, Duration patience) {
    this.program = program;
    this.location = location;
    this.patience = patience;
    var variables = new HashMap<>(location.environment());
    variables.put("RESTIC_PASSWORD_FILE", keyFile.toString());
    variables.put("RESTIC_CACHE_DIR", cache.toString());
    variables.put("RESTIC_PROGRESS_FPS", "2");
    this.environment = Map.copyOf(variables);
  }

  /** Where it lies. */
  public Location location() {
    return location;
  }

  /** Makes the repository where there is none yet; never touches what is somebody else's. */
  public void open() throws EngineException {
    if (opened) {
      location.requireThere();
      return;
    }
    location.requireThere();
    try {
      call(List.of("cat", "config", "--no-lock"), Optional.empty(), quiet(), new Cancellation());
      takeUpAfterDeath();
    } catch (EngineException e) {
      if (e.reason() != Reason.NO_REPOSITORY) {
        throw e;
      }
      requireEmpty();
      call(List.of("init"), Optional.empty(), quiet(), new Cancellation());
    }
    opened = true;
  }

  /**
   * Keeps everything below the directory.
   *
   * @param excludes the engine's patterns of what is left out
   * @param tags {@code name:value}, without commas
   */
  public Summary backup(
      Path directory,
      List<String> excludes,
      List<String> tags,
      Progress.Listener listener,
      Cancellation cancellation)
      throws EngineException {
    var command = new ArrayList<>(List.of("backup", "--json", "-v", "-v", "--host", HOST));
    tags.forEach(tag -> command.addAll(List.of("--tag", tag)));
    excludes.forEach(pattern -> command.addAll(List.of("--exclude", pattern)));
    command.add(".");
    var output = new BackupOutput("backup to " + location.name(), listener);
    reading(() -> call(command, Optional.empty(), Optional.of(directory), output, cancellation));
    return output.summary().orElseThrow(() -> silent("no summary of the backup"));
  }

  /**
   * Keeps a stream as one file; if reading it fails, nothing is kept.
   *
   * @param file the name it gets
   */
  public Summary backup(
      InputStream stream,
      String file,
      List<String> tags,
      Progress.Listener listener,
      Cancellation cancellation)
      throws EngineException {
    var command =
        new ArrayList<>(List.of("backup", "--json", "-v", "-v", "--host", HOST, "--stdin"));
    command.addAll(List.of("--stdin-filename", file));
    tags.forEach(tag -> command.addAll(List.of("--tag", tag)));
    var output = new BackupOutput("backup to " + location.name(), listener);
    reading(() -> call(command, Optional.of(stream), output, cancellation));
    return output.summary().orElseThrow(() -> silent("no summary of the backup"));
  }

  /** All snapshots that have all these tags, in no order. */
  public List<Snapshot> snapshots(List<String> tags) throws EngineException {
    location.requireThere();
    var json = new ByteArrayOutputStream();
    // reads only, and a lock that can't be written must not keep anybody from a restore
    var command = List.of("snapshots", "--json", "--no-lock", "--tag", String.join(",", tags));
    call(
        command,
        Optional.empty(),
        out -> json.writeBytes(out.readNBytes(LISTING_LIMIT)),
        new Cancellation());
    try {
      var found = new ArrayList<Snapshot>();
      for (JsonNode node : JSON.readTree(json.toByteArray())) {
        var itsTags = new ArrayList<String>();
        node.path("tags").forEach(tag -> itsTags.add(tag.asString()));
        found.add(new Snapshot(node.path("id").asString(), node.path("tree").asString(), itsTags));
      }
      return found;
    } catch (JacksonException e) {
      throw silent("an unreadable list of snapshots");
    }
  }

  /**
   * Brings a snapshot's files into the directory and compares each byte with what was kept.
   *
   * @param bytes how many they are, for the progress; 0: unknown
   */
  public void restore(
      String snapshot,
      Path target,
      long bytes,
      Progress.Listener listener,
      Cancellation cancellation)
      throws EngineException {
    long start = System.nanoTime();
    location.requireThere();
    call(
        // without the cache, so that the destination is proven by itself
        List.of(
            "restore",
            snapshot,
            "--target",
            target.toString(),
            "--verify",
            "--no-lock",
            "--no-cache"),
        Optional.empty(),
        quiet(),
        cancellation);
    listener.moved(
        Progress.of("restore from " + location.name(), bytes, bytes, System.nanoTime() - start));
  }

  /** Writes one file of a snapshot into the stream, which stays open. */
  public void dump(String snapshot, String file, OutputStream to, Cancellation cancellation)
      throws EngineException {
    location.requireThere();
    call(
        List.of("dump", "--no-lock", snapshot, "/" + file),
        Optional.empty(),
        out -> out.transferTo(to),
        cancellation);
  }

  /** Reads the whole repository and compares it with its hashes. */
  public void check(Cancellation cancellation) throws EngineException {
    location.requireThere();
    writing(() -> call(List.of("check", "--read-data"), Optional.empty(), quiet(), cancellation));
  }

  /**
   * Forgets snapshots.
   *
   * @param prune also frees their space, which takes long
   */
  public void forget(List<String> ids, boolean prune, Cancellation cancellation)
      throws EngineException {
    for (int from = 0; from < ids.size(); from += FORGOTTEN_AT_ONCE) {
      int to = Math.min(ids.size(), from + FORGOTTEN_AT_ONCE);
      var command = new ArrayList<>(List.of("forget"));
      command.addAll(ids.subList(from, to));
      if (prune && to == ids.size()) {
        command.add("--prune");
      }
      writing(() -> call(command, Optional.empty(), quiet(), cancellation));
    }
  }

  private void requireEmpty() throws EngineException {
    if (location.directory().isEmpty()) {
      return;
    }
    try (var entries = Files.list(location.directory().get())) {
      Optional<Path> found =
          entries.filter(entry -> !entry.getFileName().toString().equals("lost+found")).findAny();
      if (found.isPresent()) {
        throw new EngineException(
            Reason.FOREIGN,
            "The destination "
                + location
                + " holds something that is no repository ("
                + found.get().getFileName()
                + "): name an empty directory, or move that away");
      }
    } catch (IOException e) {
      throw Trouble.of(location, 1, String.valueOf(e));
    }
  }

  /**
   * A run that was killed leaves its lock, and data that no index names yet. The lock goes if its
   * holder is dead, and the data is indexed, so that it need not be sent again.
   */
  private void takeUpAfterDeath() throws EngineException {
    int locks = locks();
    if (locks == 0) {
      return;
    }
    call(List.of("unlock"), Optional.empty(), quiet(), new Cancellation());
    if (locks() < locks) {
      try {
        call(List.of("rebuild-index"), Optional.empty(), quiet(), new Cancellation());
      } catch (EngineException e) {
        if (e.reason() != Reason.LOCKED) {
          throw e; // otherwise somebody alive is at work: it is sent again, no more
        }
      }
    }
  }

  private int locks() throws EngineException {
    var ids = new ByteArrayOutputStream();
    call(
        List.of("list", "locks", "--no-lock"),
        Optional.empty(),
        out -> ids.writeBytes(out.readNBytes(LISTING_LIMIT)),
        new Cancellation());
    return (int)
        ids.toString(java.nio.charset.StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("[0-9a-f]{64}"))
            .count();
  }

  private interface Work {
    void run() throws EngineException;
  }

  private void reading(Work work) throws EngineException {
    shared.readLock().lock();
    try {
      withoutDeadLocks(work);
    } finally {
      shared.readLock().unlock();
    }
  }

  private void writing(Work work) throws EngineException {
    shared.writeLock().lock();
    try {
      withoutDeadLocks(work);
    } finally {
      shared.writeLock().unlock();
    }
  }

  /** The engine's {@code unlock} takes away only locks whose holder is dead or long silent. */
  private void withoutDeadLocks(Work work) throws EngineException {
    try {
      work.run();
    } catch (EngineException e) {
      if (e.reason() != Reason.LOCKED) {
        throw e;
      }
      call(List.of("unlock"), Optional.empty(), quiet(), new Cancellation());
      work.run();
    }
  }

  private static Child.Reader quiet() {
    return out -> out.transferTo(OutputStream.nullOutputStream());
  }

  private void call(
      List<String> arguments, Optional<InputStream> in, Child.Reader out, Cancellation cancellation)
      throws EngineException {
    call(arguments, in, Optional.empty(), out, cancellation);
  }

  private void call(
      List<String> arguments,
      Optional<InputStream> in,
      Optional<Path> directory,
      Child.Reader out,
      Cancellation cancellation)
      throws EngineException {
    var command = new ArrayList<>(List.of(program.toString(), "-r", location.repository()));
    command.addAll(location.options());
    command.addAll(arguments);
    Child.Ended ended;
    try {
      ended = new Child(command, environment, directory, patience).run(in, out, cancellation);
    } catch (IOException e) {
      boolean cancelled = cancellation.isCancelled();
      throw new EngineException(
          cancelled ? Reason.CANCELLED : Reason.SOURCE,
          cancelled ? "Cancelled" : String.valueOf(e.getMessage()),
          e);
    }
    if (cancellation.isCancelled()) {
      throw new EngineException(
          Reason.CANCELLED,
          "Cancelled: what " + location + " has of it already need not be sent again");
    }
    if (ended.exit() != 0) {
      throw Trouble.of(location, ended.exit(), ended.errors());
    }
  }

  private EngineException silent(String what) {
    return new EngineException(Reason.OTHER, "The engine gave " + what + " at " + location);
  }
}
