package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings.Source;
import dev.portcullis.recover.engine.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server as a whole: base backups of its files, and its write-ahead log received all
 * the time and sent on every few seconds, so that it can be brought back to any moment.
 */
final class PostgresKind implements AssetKind {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresKind.class);

  /** Keys of a recovery point's details. */
  static final String VERSION = "version";

  static final String SYSTEM = "system";
  static final String OWNER = "owner";
  static final String FIRST_SEGMENT = "first-segment";
  static final String SEGMENT_BYTES = "segment-bytes";

  private static final Pattern START =
      Pattern.compile("START WAL LOCATION: [0-9A-F/]+ \\(file ([0-9A-F]{24})\\)");

  private final String asset;
  private final Source.Postgresql settings;
  private final Path spools;
  private final List<WalShipper> shippers = new ArrayList<>();
  private Optional<WalSpool> spool = Optional.empty();
  private Optional<WalReceiver> receiver = Optional.empty();
  private Map<String, String> lastDetails = Map.of();

  /**
   * @param spools directory for the write-ahead logs received
   */
  PostgresKind(String asset, Source.Postgresql settings, Path spools) {
    this.asset = asset;
    this.settings = settings;
    this.spools = spools;
  }

  @Override
  public String live() {
    return "the PostgreSQL server at " + settings.connection();
  }

  Source.Postgresql settings() {
    return settings;
  }

  @Override
  public synchronized void start(EngineAsset engine) {
    try {
      var received = new WalSpool(spools.resolve(asset));
      var receiving = new WalReceiver(asset, settings, received);
      receiving.start();
      spool = Optional.of(received);
      receiver = Optional.of(receiving);
      for (Place place : engine.places()) {
        var shipper = new WalShipper(asset, received, place, settings.ship(), engine.clock());
        shippers.add(shipper);
        shipper.start();
      }
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot receive the write-ahead log of " + asset + ": " + StateFiles.reason(e), e);
    }
  }

  @Override
  public synchronized void close() {
    receiver.ifPresent(WalReceiver::close);
    shippers.forEach(WalShipper::close);
  }

  @Override
  public Optional<String> trouble() {
    var all = new ArrayList<String>();
    receiver.flatMap(WalReceiver::trouble).ifPresent(all::add);
    shippers.forEach(shipper -> shipper.trouble().ifPresent(all::add));
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all));
  }

  @Override
  public Harvest harvest(Path work, Task task) {
    var any = PgPrograms.newest(settings.binaries(), settings.passfile());
    String[] server =
        any.ask(
                settings.connection() + " dbname=postgres",
                "SELECT current_setting('server_version_num')::int / 10000, system_identifier,"
                    + " (SELECT rolname FROM pg_roles WHERE oid = 10),"
                    + " current_setting('wal_segment_size') FROM pg_control_system()")
            .split("\t", -1);
    var programs = PgPrograms.of(server[0], settings.binaries(), settings.passfile());
    Path data = work.resolve("data");
    task.phase("base backup of " + live());
    copy(programs, data, task);
    verify(programs, data, task);
    var details = new HashMap<String, String>();
    details.put(VERSION, server[0]);
    details.put(SYSTEM, server[1]);
    details.put(OWNER, server[2]);
    details.put(FIRST_SEGMENT, firstSegment(data));
    details.put(SEGMENT_BYTES, Long.toString(bytes(server[3])));
    synchronized (this) {
      lastDetails = Map.copyOf(details);
    }
    return new Harvest.Files(data, List.of(), true, Optional.empty(), details);
  }

  private void copy(PgPrograms programs, Path data, Task task) {
    ended(
        programs,
        List.of(
            "pg_basebackup",
            "-d",
            settings.connection(),
            "-D",
            data.toString(),
            "-Fp",
            "-Xstream",
            "--checkpoint=fast",
            "--manifest-checksums=SHA256",
            "--no-password",
            "--label=portcullis"),
        "can't be copied",
        task);
  }

  private void verify(PgPrograms programs, Path data, Task task) {
    ended(programs, List.of("pg_verifybackup", "-q", data.toString()), "was copied badly", task);
  }

  private void ended(PgPrograms programs, List<String> command, String how, Task task) {
    try {
      Child.Ended ended = programs.run(command, PgPrograms.silent(), task.cancellation());
      task.requireGoingOn();
      if (ended.exit() != 0) {
        throw new RecoveryException(live() + " " + how + ": " + ended.errors());
      }
    } catch (IOException e) {
      throw new RecoveryException(command.getFirst() + " can't be run: " + e.getMessage(), e);
    }
  }

  static String firstSegment(Path data) {
    try {
      Matcher start = START.matcher(Files.readString(data.resolve("backup_label")));
      if (start.find()) {
        return start.group(1);
      }
    } catch (IOException e) {
      throw new RecoveryException("The base backup has no label: " + StateFiles.reason(e), e);
    }
    throw new RecoveryException("The base backup's label does not say where its log begins");
  }

  private static long bytes(String shown) {
    Matcher size = Pattern.compile("(\\d+)(MB|GB)").matcher(shown);
    if (!size.matches()) {
      return 16L << 20;
    }
    return Long.parseLong(size.group(1)) << (size.group(2).equals("MB") ? 20 : 30);
  }

  /** The log until here belongs to the base before, and what comes now to this one. */
  @Override
  public synchronized void kept(KeptPoint point) {
    if (spool.isEmpty()) {
      return;
    }
    try {
      shippers.forEach(WalShipper::ship);
      spool.get().begin(point.at(), lastDetails.getOrDefault(FIRST_SEGMENT, ""));
      shippers.forEach(WalShipper::ship);
    } catch (IOException e) {
      LOG.warn("The log received of {} is not tidied: {}", asset, StateFiles.reason(e));
    }
  }

  @Override
  public Path sandboxes(Path usual) throws IOException {
    return settings.sandbox().isPresent()
        ? settings.sandbox().get().toAbsolutePath()
        : AssetKind.super.sandboxes(usual);
  }

  @Override
  public Brought prove(Trial trial) throws BrokenPointException, IOException {
    return new PgProof(this, trial).run();
  }

  /** The log on this machine, if it is that server's: it is newer than what was sent. */
  Optional<Path> localLog(String system) throws IOException {
    Path directory = spools.resolve(asset);
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    var local = new WalSpool(directory);
    return local.system().equals(system) ? Optional.of(local.received()) : Optional.empty();
  }

  @Override
  public Optional<Path> overLive(Brought brought, Path safety, Trial trial) {
    throw new RecoveryException(
        "A PostgreSQL server is not replaced while others may use it: the restored and proven data"
            + " directory lies at "
            + brought.result()
            + "; stop the server, move its data directory aside, move this one there, start it,"
            + " and take a backup");
  }
}
