package dev.portcullis.recover;

import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A restored server in a room of its own: reachable through one socket that only its user and root
 * can open, with settings of ours alone, so that it can't archive, replicate or listen like the one
 * it was copied from.
 */
final class PgServer implements AutoCloseable {
  private static final String PORT = "5432";

  /** A server that has written nothing yet is only about to start. */
  private static final Duration BEGINNING = Duration.ofSeconds(20);

  private static final int POLL_MILLIS = 150;

  private static final int LOG_LIMIT = 8 << 20;

  private final PgPrograms programs;
  private final List<String> user;
  private final Path data;
  private final Path room;
  private final Path socket;
  private final Path log;
  private final Path overrides;

  /**
   * @param runAs system user; empty: our own
   */
  PgServer(PgPrograms programs, Optional<String> runAs, Path data, Path room) throws IOException {
    this.programs = programs;
    this.user = runAs.map(name -> List.of("runuser", "-u", name, "--")).orElse(List.of());
    this.data = data;
    this.room = room;
    this.log = room.resolve("server.log");
    this.overrides = room.resolve("overrides.conf");
    // a socket's path has at most 107 characters, so it can't lie in the room
    this.socket = Files.createTempDirectory("portcullis-pg");
    if (runAs.isPresent()) {
      Trees.give(socket, runAs.get());
    }
  }

  /** Settings that were changed by command on the live server must not act here. */
  void setAside() throws IOException {
    Path changed = data.resolve("postgresql.auto.conf");
    if (Files.exists(changed) && !Files.exists(overrides)) {
      Files.move(changed, overrides);
    }
    Files.deleteIfExists(data.resolve("standby.signal"));
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    Files.writeString(data.resolve("recovery.signal"), "");
    Files.writeString(data.resolve("postgresql.auto.conf"), "");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(room.resolve("hba.conf"), "local all all trust\n");
    Files.writeString(room.resolve("ident.conf"), "");
  }

  /** Gives back the settings, for whoever runs it next. */
  void putBack() throws IOException {
    if (Files.exists(overrides)) {
      Path changed = data.resolve("postgresql.auto.conf");
      Files.deleteIfExists(changed);
      Files.move(overrides, changed);
    }
  }

  /**
   * Recovers and promotes.
   *
   * @param before transactions committed from then on are left out; empty: none is
   * @return whether it runs; the log says why not
   */
  boolean start(Path wal, Optional<String> before, Cancellation cancellation) throws IOException {
    var conf = new StringBuilder();
    conf.append("listen_addresses = ''\n");
    conf.append("unix_socket_directories = '").append(socket).append("'\n");
    conf.append("port = ").append(PORT).append('\n');
    conf.append("hba_file = '").append(room.resolve("hba.conf")).append("'\n");
    conf.append("ident_file = '").append(room.resolve("ident.conf")).append("'\n");
    conf.append("log_timezone = 'UTC'\nlogging_collector = off\nlog_destination = 'stderr'\n");
    conf.append("lc_messages = 'C'\narchive_mode = off\nssl = off\nhot_standby = off\n");
    conf.append("max_connections = 20\nmax_wal_senders = 0\nwal_level = replica\n");
    conf.append("autovacuum = off\nshared_buffers = '64MB'\nmax_locks_per_transaction = 256\n");
    conf.append("restore_command = 'cp \"").append(wal).append("/%f\" \"%p\"'\n");
    conf.append("recovery_target_action = 'promote'\nrecovery_target_inclusive = off\n");
    before.ifPresent(
        moment -> conf.append("recovery_target_time = '").append(moment).append("'\n"));
    Files.writeString(room.resolve("server.conf"), conf);
    Files.deleteIfExists(log);
    if (!user.isEmpty()) {
      Trees.give(room, user.get(2));
    }
    boolean begun =
        control(
            "start",
            "-W",
            "-l",
            log.toString(),
            "-o",
            "-c config_file='" + room.resolve("server.conf") + "'");
    return begun && promoted(cancellation);
  }

  /** It accepts nobody before the recovery has ended, and is gone if that failed. */
  private boolean promoted(Cancellation cancellation) throws IOException {
    long start = System.nanoTime();
    while (!cancellation.isCancelled()) {
      Child.Ended ready =
          programs.run(
              List.of("pg_isready", "-q", "-t", "5", "-h", socket.toString(), "-p", PORT),
              PgPrograms.silent(),
              cancellation);
      if (ready.exit() == 0) {
        return true;
      }
      boolean early = System.nanoTime() - start < BEGINNING.toNanos() && log().isEmpty();
      if (!early && !control("status")) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  /** What the server wrote. */
  String log() throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    try (var in = Files.newInputStream(log)) {
      return new String(in.readNBytes(LOG_LIMIT), StandardCharsets.UTF_8);
    }
  }

  /**
   * How to reach it.
   *
   * @param owner the role that may everything
   */
  String connection(String owner, String database) {
    return "host="
        + socket
        + " port="
        + PORT
        + " user="
        + quoted(owner)
        + " dbname="
        + quoted(database);
  }

  static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  List<String> socketOptions(String owner) {
    return List.of("-h", socket.toString(), "-p", PORT, "-U", owner);
  }

  private boolean control(String verb, String... options) throws IOException {
    var command = new java.util.ArrayList<>(List.of("pg_ctl", verb, "-D", data.toString()));
    command.addAll(List.of(options));
    Child.Ended ended = programs.run(user, command, PgPrograms.silent(), new Cancellation());
    return ended.exit() == 0;
  }

  /** Stops it cleanly, so that the data directory is whole on the disk. */
  @Override
  public void close() throws IOException {
    if (Files.exists(data.resolve("postmaster.pid"))) {
      control("stop", "-w", "-m", "fast");
    }
    Trees.delete(socket);
  }
}
