package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings.Query;
import dev.portcullis.recover.AssetKind.Brought;
import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Child;
import dev.portcullis.recover.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recovers a base backup with the log that follows it up to the moment asked for, in a server of
 * its own, and asks that server whether its data is sound.
 */
final class PgProof {
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .appendPattern("x")
          .toFormatter(java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern LAST_COMMIT =
      Pattern.compile("last completed transaction was at log time (\\S+ \\S+)");
  private static final Pattern REDO_DONE = Pattern.compile("redo done at ([0-9A-F]+)/([0-9A-F]+)");
  private static final String TOO_SHORT =
      "recovery ended before configured recovery target was reached";

  private final PostgresKind kind;
  private final Trial trial;
  private final Map<String, String> details;
  private final Path wal;

  PgProof(PostgresKind kind, Trial trial) throws BrokenPointException, IOException {
    this.kind = kind;
    this.trial = trial;
    this.wal = StateFiles.directory(trial.room().resolve("wal"));
    try {
      this.details = trial.place().details(trial.point());
    } catch (EngineException e) {
      throw new BrokenPointException("its seal can't be read: " + e.getMessage(), e);
    }
  }

  Brought run() throws BrokenPointException, IOException {
    var programs =
        PgPrograms.of(detail(PostgresKind.VERSION), kind.settings().binaries(), Optional.empty());
    verify(programs);
    gatherLog();
    Path data = trial.raw();
    Optional<Instant> reached;
    try (var server = new PgServer(programs, kind.settings().runAs(), data, trial.room())) {
      server.setAside();
      reached = recover(programs, server);
      amcheck(programs, server);
      count(programs, server);
      ask(programs, server);
      server.close();
      server.putBack();
    }
    return new Brought(data, reached);
  }

  private void verify(PgPrograms programs) throws BrokenPointException, IOException {
    Child.Ended ended =
        programs.run(
            List.of("pg_verifybackup", "-q", trial.raw().toString()),
            PgPrograms.silent(),
            trial.task().cancellation());
    if (ended.exit() != 0) {
      throw new BrokenPointException("pg_verifybackup says " + ended.errors());
    }
    trial.checked("pg_verifybackup of the base backup: no complaint");
  }

  /** What was sent after the base, in order; then what this machine has itself, which is newer. */
  private void gatherLog() throws BrokenPointException, IOException {
    String asset = trial.point().asset();
    try {
      var newest = Place.newestLogs(trial.place().snapshots(asset));
      List<Long> bases =
          newest.keySet().stream()
              .filter(base -> base.matches("\\d{1,18}"))
              .map(Long::parseLong)
              .filter(base -> base >= trial.point().at().toEpochMilli())
              .sorted()
              .toList();
      for (Long base : bases) {
        var logs = Optional.ofNullable(newest.get(base.toString())).orElseThrow();
        Path piece = StateFiles.directory(trial.room().resolve("piece"));
        trial
            .place()
            .restic()
            .restore(logs.id(), piece, 0, trial.task(), trial.task().cancellation());
        take(piece);
        Trees.delete(piece);
      }
    } catch (EngineException e) {
      throw new BrokenPointException("its log can't be read: " + e.getMessage(), e);
    }
    Optional<Path> localLog = kind.localLog(detail(PostgresKind.SYSTEM));
    if (localLog.isPresent()) {
      take(localLog.get());
    }
    for (Path file : WalSegments.in(wal)) {
      String name = file.getFileName().toString();
      if (name.endsWith(WalSegments.PARTIAL)) {
        Path whole = wal.resolve(name.replace(WalSegments.PARTIAL, ""));
        if (Files.exists(whole)) {
          Files.delete(file);
        } else {
          Files.move(file, whole);
        }
      }
    }
  }

  private void take(Path directory) throws IOException {
    for (Path file : WalSegments.in(directory)) {
      Path copy = wal.resolve(file.getFileName());
      Files.deleteIfExists(copy);
      try {
        Trees.copy(file, copy);
      } catch (IOException e) {
        Path whole = Path.of(file.toString().replace(WalSegments.PARTIAL, ""));
        if (!Files.exists(whole)) {
          throw e;
        }
        Trees.copy(whole, wal.resolve(whole.getFileName())); // received whole just now
      }
    }
  }

  /** Returns the moment that was reached. */
  private Optional<Instant> recover(PgPrograms programs, PgServer server)
      throws BrokenPointException, IOException {
    String before = MOMENT.format(trial.before());
    boolean started = server.start(wal, Optional.of(before), trial.task().cancellation());
    if (!started && server.log().contains(TOO_SHORT)) {
      started = server.start(wal, Optional.empty(), trial.task().cancellation());
      if (started) {
        requireWholeLog(programs, server);
        Optional<Instant> last = lastCommit(server);
        trial.checked(
            "Recovered to the end of the log that was received"
                + last.map(at -> ": the last transaction is of " + at).orElse(""));
        Instant complete = trial.point().complete();
        return Optional.of(last.filter(complete::isBefore).orElse(complete));
      }
    }
    if (!started) {
      throw new BrokenPointException("it can't be recovered: " + complaint(server.log()));
    }
    trial.checked("Recovered to the last transaction before " + trial.before());
    return Optional.of(trial.before());
  }

  /** A damaged segment looks like the end of the log: what lies after it must not be lost. */
  private void requireWholeLog(PgPrograms programs, PgServer server)
      throws BrokenPointException, IOException {
    long bytes = Long.parseLong(detail(PostgresKind.SEGMENT_BYTES));
    Optional<Path> last =
        WalSegments.lastInRow(WalSegments.in(wal), detail(PostgresKind.FIRST_SEGMENT), bytes);
    Matcher done = REDO_DONE.matcher(server.log());
    long reached = -1;
    while (done.find()) {
      reached = WalSegments.number(done.group(1), done.group(2), bytes);
    }
    if (last.isEmpty() || reached < 0) {
      return;
    }
    String name = last.get().getFileName().toString();
    long missing = WalSegments.number(name, bytes) - reached;
    if (missing > 1 || (missing == 1 && hasRecords(programs, last.get()))) {
      throw new BrokenPointException(
          "its log is damaged: recovery ended " + missing + " segments before the last, " + name);
    }
  }

  private boolean hasRecords(PgPrograms programs, Path segment) throws IOException {
    Child.Ended ended =
        programs.run(
            List.of("pg_waldump", "-q", "-n", "1", segment.toString()),
            PgPrograms.silent(),
            new Cancellation());
    return ended.exit() == 0;
  }

  private static Optional<Instant> lastCommit(PgServer server) throws IOException {
    Matcher commit = LAST_COMMIT.matcher(server.log());
    Optional<Instant> last = Optional.empty();
    while (commit.find()) {
      last = Optional.of(MOMENT.parse(commit.group(1), Instant::from));
    }
    return last;
  }

  private void amcheck(PgPrograms programs, PgServer server)
      throws BrokenPointException, IOException {
    if (!programs.has("pg_amcheck")) {
      trial.checked("pg_amcheck is not installed, so tables and indices are only counted");
      return;
    }
    var command = new ArrayList<>(List.of("pg_amcheck", "--all", "--install-missing"));
    command.addAll(server.socketOptions(detail(PostgresKind.OWNER)));
    var said = new StringBuilder();
    Child.Ended ended =
        programs.run(
            command,
            out ->
                said.append(
                    new String(out.readNBytes(4_000), java.nio.charset.StandardCharsets.UTF_8)),
            trial.task().cancellation());
    if (ended.exit() != 0) {
      throw new BrokenPointException("pg_amcheck says " + said + ended.errors());
    }
    trial.checked("pg_amcheck of all tables and indices: no complaint");
  }

  private void count(PgPrograms programs, PgServer server) throws BrokenPointException {
    String owner = detail(PostgresKind.OWNER);
    try {
      String databases =
          programs.ask(
              server.connection(owner, "postgres"),
              "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY"
                  + " 1");
      for (String database : databases.lines().toList()) {
        String answer =
            programs.ask(
                server.connection(owner, database),
                "CREATE FUNCTION pg_temp.counted(t regclass) RETURNS bigint LANGUAGE plpgsql AS"
                    + " 'DECLARE n bigint; BEGIN EXECUTE format(''SELECT count(*) FROM %s'', t)"
                    + " INTO n; RETURN n; END';"
                    + " SELECT count(*), coalesce(sum(pg_temp.counted(relid)), 0)"
                    + " FROM pg_stat_user_tables");
        String[] counts = answer.split("\t", -1);
        trial.checked(
            "Database "
                + database
                + ": "
                + counts[0]
                + " tables, "
                + counts[1]
                + " rows, all read");
      }
    } catch (RecoveryException e) {
      throw new BrokenPointException("its tables can't be read: " + e.getMessage(), e);
    }
  }

  private void ask(PgPrograms programs, PgServer server) throws BrokenPointException {
    for (Query query : kind.settings().verify()) {
      String answer;
      try {
        answer =
            programs.ask(
                server.connection(detail(PostgresKind.OWNER), query.database()), query.sql());
      } catch (RecoveryException e) {
        throw new BrokenPointException(
            "\"" + query.sql() + "\" can't be answered: " + e.getMessage(), e);
      }
      if (query.expect().isPresent() && !query.expect().get().equals(answer)) {
        throw new BrokenPointException(
            "\""
                + query.sql()
                + "\" gives "
                + answer
                + " where "
                + query.expect().get()
                + " was expected");
      }
      trial.checked("\"" + query.sql() + "\" gives " + answer);
    }
  }

  private String detail(String key) throws BrokenPointException {
    String value = details.get(key);
    if (value == null) {
      throw new BrokenPointException("its seal does not say the server's " + key);
    }
    return value;
  }

  private static String complaint(String log) {
    return log.lines()
        .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
        .findFirst()
        .orElse(log.isEmpty() ? "the server did not start" : log.lines().toList().getLast());
  }
}
