package dev.portcullis.recover.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.config.DestinationSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.recover.engine.EngineException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

// each opening of a repository derives a key, which takes one core half a second
@Execution(ExecutionMode.CONCURRENT)
class ResticTest {
  private static final List<String> TAGS = List.of("portcullis", "asset:thing", "role:data");

  @TempDir Path root;
  private Path source;

  @BeforeEach
  void source() throws IOException {
    assumeTrue(ResticProgram.find().isPresent(), "the package restic is not installed");
    source = Files.createDirectories(root.resolve("source"));
    Files.writeString(source.resolve("letter"), "Dear Sir, ".repeat(10_000));
  }

  private Restic restic(Path place) throws EngineException {
    return restic(place, "keys", Optional.empty());
  }

  private Restic restic(Path place, String keys, Optional<Long> limit) throws EngineException {
    var settings =
        new DestinationSettings(
            "nas",
            new DestinationSettings.Kind.Directory(place),
            "disk",
            false,
            false,
            limit,
            Optional.empty());
    return new Restic(
        ResticProgram.require(),
        Location.of(settings, name -> Optional.empty()),
        Keyring.open(root.resolve(keys)).passwordFile("repositories"),
        root.resolve("cache"),
        Duration.ofSeconds(5));
  }

  private Path place(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  private Summary backup(Restic restic) throws EngineException {
    restic.open();
    return restic.backup(source, List.of(), TAGS, progress -> {}, new Cancellation());
  }

  private static void refused(Reason reason, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
        .hasMessageContaining(words);
  }

  @Test
  void whatIsKeptComesBackAndTheSecondTimeOnlyWhatIsNewIsSent() throws Exception {
    Restic restic = restic(place("nas"));
    Summary first = backup(restic);
    Files.writeString(source.resolve("more"), "one line");
    Summary second = backup(restic);

    assertThat(first.bytes()).isEqualTo(100_000);
    assertThat(first.packed()).isLessThan(10_000);
    assertThat(second.bytes()).isEqualTo(100_008);
    assertThat(second.added()).isLessThan(10_000);
    List<Snapshot> snapshots = restic.snapshots(List.of("portcullis", "asset:thing"));
    assertThat(snapshots).hasSize(2).allMatch(s -> s.tag("role").equals(Optional.of("data")));
    Path back = root.resolve("back");
    restic.restore(second.snapshot(), back, second.bytes(), progress -> {}, new Cancellation());
    assertThat(back.resolve("letter")).hasSameTextualContentAs(source.resolve("letter"));
    assertThat(back.resolve("more")).hasContent("one line");
    restic.check(new Cancellation());

    restic.forget(
        snapshots.stream()
            .map(Snapshot::id)
            .filter(id -> !id.startsWith(second.snapshot()))
            .toList(),
        true,
        new Cancellation());
    assertThat(restic.snapshots(List.of("portcullis"))).hasSize(1);
  }

  @Test
  void aStreamIsKeptWholeOrNotAtAll() throws Exception {
    Restic restic = restic(place("nas"));
    restic.open();
    Summary kept =
        restic.backup(
            new ByteArrayInputStream("a dump".getBytes(StandardCharsets.UTF_8)),
            "dump",
            TAGS,
            progress -> {},
            new Cancellation());
    var out = new ByteArrayOutputStream();
    restic.dump(kept.snapshot(), "dump", out, new Cancellation());
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a dump");

    var breaking =
        new InputStream() {
          private int left = 3_000_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("the disk has a scratch");
            }
            return left % 251;
          }
        };
    refused(
        Reason.SOURCE,
        "the disk has a scratch",
        () -> restic.backup(breaking, "dump", TAGS, progress -> {}, new Cancellation()));
    assertThat(restic.snapshots(List.of("portcullis"))).hasSize(1);
  }

  @Test
  void whatCanNotBeUsedIsSaidInClearWords() throws Exception {
    refused(Reason.UNREACHABLE, "is gone", () -> backup(restic(root.resolve("unmounted"))));

    Files.writeString(place("theirs").resolve("holiday.jpg"), "sun");
    refused(Reason.FOREIGN, "holiday.jpg", () -> backup(restic(root.resolve("theirs"))));
    assertThat(root.resolve("theirs")).isDirectoryContaining("glob:**/holiday.jpg");

    backup(restic(place("nas")));
    refused(
        Reason.WRONG_KEY,
        "another key",
        () -> backup(restic(root.resolve("nas"), "other-keys", Optional.empty())));
  }

  @Test
  void aDiskThatIsFullOrReadOnlyIsSaidToBeSo() throws Exception {
    Path disk = place("disk");
    assumeTrue(mount("-t", "tmpfs", "-o", "size=3m", "none", disk.toString()), "needs root");
    try {
      Restic restic = restic(disk);
      restic.open();
      byte[] noise = new byte[8_000_000];
      new Random(1).nextBytes(noise);
      Files.write(source.resolve("noise"), noise);
      refused(Reason.FULL, "is full", () -> backup(restic));

      Files.delete(source.resolve("noise"));
      assertThat(mount("-o", "remount,ro", disk.toString())).isTrue();
      refused(Reason.READ_ONLY, "read-only", () -> backup(restic));
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }

  private static boolean mount(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void aFlippedBitAndAMissingChunkAreFoundOut() throws Exception {
    byte[] noise = new byte[50_000];
    new Random(2).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    for (String harm : List.of("flip", "delete")) {
      Path place = place(harm);
      Restic restic = restic(place);
      Summary kept = backup(restic);
      Path pack;
      try (var files = Files.walk(place.resolve("data"))) {
        pack =
            files
                .filter(Files::isRegularFile)
                .max(java.util.Comparator.comparing(file -> file.toFile().length()))
                .orElseThrow();
      }
      if (harm.equals("flip")) {
        byte[] bytes = Files.readAllBytes(pack);
        bytes[40] ^= 1;
        pack.toFile().setWritable(true);
        Files.write(pack, bytes);
      } else {
        Files.delete(pack);
      }
      refused(
          Reason.DAMAGED,
          "is damaged",
          () ->
              restic.restore(
                  kept.snapshot(),
                  root.resolve("b-" + harm),
                  0,
                  progress -> {},
                  new Cancellation()));
      refused(Reason.DAMAGED, "is damaged", () -> restic.check(new Cancellation()));
    }
  }

  @Test
  void aKilledBackupIsTakenUpWhereItWas() throws Exception {
    byte[] noise = new byte[60_000_000];
    new Random(7).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    Path place = place("nas");
    Restic slow = restic(place, "keys", Optional.of(8L << 20));
    slow.open();
    var progress = new AtomicReference<Optional<Progress>>(Optional.empty());
    var failure = new AtomicReference<Optional<EngineException>>(Optional.empty());
    Thread running =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slow.backup(
                    source, List.of(), TAGS, p -> progress.set(Optional.of(p)), new Cancellation());
              } catch (EngineException e) {
                failure.set(Optional.of(e));
              }
            });
    await().atMost(Duration.ofSeconds(60)).until(() -> packs(place.resolve("data")) >= 2);
    ProcessHandle engine =
        ProcessHandle.current()
            .descendants()
            .filter(child -> child.info().command().orElse("").endsWith("restic"))
            .filter(child ->
                child.info().arguments().map(List::of).orElse(List.of()).contains("backup"))
            .findFirst()
            .orElseThrow();
    engine.destroyForcibly();
    running.join();
    assertThat(failure.get()).isPresent();
    assertThat(progress.get())
        .get()
        .satisfies(p -> {
          assertThat(p.bytesTotal()).isGreaterThanOrEqualTo(p.bytesDone());
          assertThat(p.phase()).contains("nas");
        });
    assertThat(place.resolve("locks")).isNotEmptyDirectory();

    Summary again = backup(restic(place));

    assertThat(again.bytes()).isEqualTo(60_100_000);
    assertThat(again.added()).as("what was sent before is not sent again").isLessThan(45_000_000);
    assertThat(place.resolve("locks")).isEmptyDirectory();
  }

  /** Those that have their final name, and so are whole. */
  private static long packs(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}")).count();
    } catch (java.io.UncheckedIOException e) {
      return 0; // a file got its final name meanwhile
    }
  }

  @Test
  void aCancelledBackupEndsAndKeepsNothingButIsNotInTheWay() throws Exception {
    byte[] noise = new byte[20_000_000];
    new Random(7).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    Path place = place("nas");
    Restic slow = restic(place, "keys", Optional.of(1L << 20));
    slow.open();
    var cancellation = new Cancellation();
    refused(
        Reason.CANCELLED,
        "Cancelled",
        () -> slow.backup(source, List.of(), TAGS, p -> cancellation.cancel(), cancellation));
    assertThat(slow.snapshots(List.of("portcullis"))).isEmpty();
    assertThat(place.resolve("locks")).isEmptyDirectory();
  }

  @Test
  void theLockOfARunThatIsAliveIsRespected() throws Exception {
    byte[] noise = new byte[20_000_000];
    new Random(7).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    Path place = place("nas");
    Summary kept = backup(restic(place));
    Files.write(source.resolve("noise"), new byte[0]);
    new Random(8).nextBytes(noise);
    Files.write(source.resolve("noise2"), noise);
    Restic slow = restic(place, "keys", Optional.of(1L << 20));
    var cancellation = new Cancellation();
    var begun = new java.util.concurrent.CountDownLatch(1);
    Thread running =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slow.backup(source, List.of(), TAGS, p -> begun.countDown(), cancellation);
              } catch (EngineException expected) {
                // cancelled below
              }
            });
    begun.await();
    await().until(() -> place.resolve("locks").toFile().list().length > 0);
    Restic other = restic(place);
    refused(
        Reason.LOCKED,
        "in use by another run",
        () -> other.forget(List.of(kept.snapshot()), true, new Cancellation()));
    cancellation.cancel();
    running.join();
    other.forget(List.of(kept.snapshot()), true, new Cancellation());
  }

  @Test
  void thePasswordIsInNoCommandLineAndNoEnvironment() throws Exception {
    Path place = place("nas");
    Restic restic = restic(place, "keys", Optional.of(1L << 20));
    restic.open();
    byte[] noise = new byte[10_000_000];
    new Random(7).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    String password =
        Files.readString(Keyring.open(root.resolve("keys")).passwordFile("repositories")).strip();
    var cancellation = new Cancellation();
    var seen = new AtomicReference<>("");
    refused(
        Reason.CANCELLED,
        "",
        () ->
            restic.backup(
                source,
                List.of(),
                TAGS,
                p -> {
                  ProcessHandle.current()
                      .children()
                      .forEach(child -> {
                        try {
                          Path proc = Path.of("/proc/" + child.pid());
                          seen.set(
                              seen.get()
                                  + Files.readString(proc.resolve("cmdline"))
                                  + Files.readString(proc.resolve("environ")));
                        } catch (IOException gone) {
                          // another child that has ended
                        }
                      });
                  cancellation.cancel();
                },
                cancellation));
    assertThat(seen.get()).contains("RESTIC_PASSWORD_FILE").doesNotContain(password);
  }
}
