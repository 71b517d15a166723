package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings.Source;
import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code pg_receivewal} running, so that each commit is here within moments and made durable.
 * A replication slot keeps the server from removing what was not received yet.
 */
final class WalReceiver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalReceiver.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** What it says when the server was itself restored to another past. */
  private static final List<String> ELSEWHERE =
      List.of("requested starting point", "requested timeline", "is not in this server's history");

  private final String asset;
  private final Source.Postgresql settings;
  private final WalSpool spool;
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Optional<String> trouble = Optional.empty();

  WalReceiver(String asset, Source.Postgresql settings, WalSpool spool) {
    this.asset = asset;
    this.settings = settings;
    this.spool = spool;
  }

  void start() {
    Thread.ofVirtual().name("wal-receiver-" + asset).start(this::run);
  }

  /** Why nothing is received at the moment; empty: it is. */
  Optional<String> trouble() {
    return trouble;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!cancellation.isCancelled()) {
      long start = System.nanoTime();
      String said = receive();
      if (cancellation.isCancelled()) {
        return;
      }
      if (System.nanoTime() - start > LONGEST_PAUSE.toNanos()) {
        pause = FIRST_PAUSE; // it went well for a while
      }
      trouble =
          Optional.of(
              "The write-ahead log of "
                  + asset
                  + " is not received, so a restore can only reach the last moment that was: "
                  + said);
      LOG.warn("{}", trouble.get());
      if (ELSEWHERE.stream().anyMatch(said::contains)) {
        restart();
      }
      if (!waited(pause)) {
        return;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private String receive() {
    try {
      var programs = PgPrograms.newest(settings.binaries(), settings.passfile());
      List<String> common =
          List.of("-d", settings.connection(), "--slot", settings.slot(), "--no-password");
      Child.Ended made =
          programs.run(
              with("pg_receivewal", common, List.of("--create-slot", "--if-not-exists")),
              PgPrograms.silent(),
              cancellation);
      if (made.exit() != 0) {
        return made.errors();
      }
      spool.receive(
          programs.ask(
              settings.connection() + " dbname=postgres",
              "SELECT system_identifier FROM pg_control_system()"));
      trouble = Optional.empty();
      return programs
          .run(
              with(
                  "pg_receivewal",
                  common,
                  List.of(
                      "-D",
                      spool.received().toString(),
                      "--synchronous",
                      "--no-loop",
                      "--status-interval=1")),
              PgPrograms.silent(),
              cancellation)
          .errors();
    } catch (IOException | RecoveryException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<String> with(String program, List<String> common, List<String> more) {
    var command = new java.util.ArrayList<String>();
    command.add(program);
    command.addAll(common);
    command.addAll(more);
    return command;
  }

  private void restart() {
    try {
      spool.restart();
    } catch (IOException e) {
      LOG.warn("The log received of {} can't be set aside: {}", asset, StateFiles.reason(e));
    }
  }

  private boolean waited(Duration pause) {
    try {
      return !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    cancellation.cancel();
  }
}
