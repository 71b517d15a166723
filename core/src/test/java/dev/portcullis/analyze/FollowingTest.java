package dev.portcullis.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.detect.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final List<Signal> signals = new CopyOnWriteArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);

  private CompletableFuture<Report> following(Path file) {
    var report = new CompletableFuture<Report>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            report.complete(
                new Following(AnalyzerSettings.standard()).run(List.of(file), signals::add, stop));
          } catch (InterruptedException | RuntimeException e) {
            report.completeExceptionally(e);
          }
        });
    return report;
  }

  private static void append(Path file, List<String> lines) throws Exception {
    Files.writeString(
        file,
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Test
  void signalsComeAsTheFileGrowsAndThroughItsRotation() throws Exception {
    Path file = directory.resolve("access.log");
    var report = following(file);
    List<String> walk = Logs.walk("203.0.113.7", 0, 120);
    append(file, List.of(Logs.line(0, "203.0.113.8", "GET /?q=%27%20OR%20%271%27=%271", 500)));
    await().atMost(PATIENCE).until(() -> signals.size() == 1);
    append(file, walk.subList(0, 30));
    Files.writeString(file, walk.get(30).substring(0, 40), StandardOpenOption.APPEND);
    Files.writeString(file, walk.get(30).substring(40) + "\n", StandardOpenOption.APPEND);
    Files.move(file, directory.resolve("access.log.1"));
    append(directory.resolve("access.log.1"), walk.subList(31, 40));
    append(file, walk.subList(40, 60));
    await().atMost(PATIENCE).until(() -> signals.size() == 2);
    append(file, walk.subList(60, 120));
    await().atMost(PATIENCE).until(() -> signals.size() >= 3);
    stop.countDown();
    Report end = report.get(60, TimeUnit.SECONDS);
    assertThat(end.requests()).isEqualTo(121);
    assertThat(end.brokenLines()).isZero();
    assertThat(end.incidents().getFirst().taken().objects()).isEqualTo(120);
  }

  @Test
  void aFileThatIsCopiedAndCutIsBegunAnew() throws Exception {
    Path file = directory.resolve("access.log");
    List<String> walk = Logs.walk("203.0.113.7", 0, 120);
    append(file, walk.subList(0, 60));
    var report = following(file);
    await().atMost(PATIENCE).until(() -> signals.size() == 1);
    Files.writeString(file, walk.get(60) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    append(file, walk.subList(61, 110));
    await().atMost(PATIENCE).until(() -> signals.size() >= 2);
    stop.countDown();
    assertThat(report.get(60, TimeUnit.SECONDS).requests()).isGreaterThan(100);
  }
}
