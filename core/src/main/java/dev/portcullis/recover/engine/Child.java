package dev.portcullis.recover.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program run as a child process, in an environment that holds nothing but what it needs. Its
 * errors are kept up to a limit; it can be cancelled; it is stopped when it only repeats the same
 * attempt for too long.
 */
public final class Child {
  /** Lines of the error output that are kept, the newest. */
  static final int KEPT_LINES = 40;

  /** Characters of a line that are kept. */
  static final int KEPT_CHARACTERS = 2_000;

  /** How long a program may go on after it was asked to stop, before it is killed. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int BUFFER = 128 << 10;

  private final List<String> command;
  private final Map<String, String> environment;
  private final Optional<Path> directory;
  private final Duration patience;

  /**
   * @param environment all of it, but for {@code PATH} and {@code HOME}
   * @param patience with an endless repetition of the same attempt
   */
  public Child(
      List<String> command,
      Map<String, String> environment,
      Optional<Path> directory,
      Duration patience) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.patience = patience;
  }

  /** How it ended. */
  public record Ended(int exit, String errors) {}

  /** Reads what a program writes. */
  @FunctionalInterface
  public interface Reader {
    /** To the end. */
    void read(InputStream out) throws IOException;
  }

  /** Runs it without input. */
  public Ended run(Reader out, Cancellation cancellation) throws IOException {
    return run(Optional.empty(), out, cancellation);
  }

  /**
   * Runs it to its end.
   *
   * @param in what it reads; if that fails, the program is stopped before it sees an end, so that
   *     it can't take half for the whole
   * @throws IOException it can't be started, or its input failed
   */
  public Ended run(Optional<InputStream> in, Reader out, Cancellation cancellation)
      throws IOException {
    var builder = new ProcessBuilder(command);
    directory.ifPresent(path -> builder.directory(path.toFile()));
    Map<String, String> given = builder.environment();
    given.keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
    given.put("LC_ALL", "C.UTF-8");
    given.putAll(environment);
    if (in.isEmpty()) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    }
    Process process = builder.start();
    var errors = new Errors(process);
    var inputFailure = new AtomicReference<Optional<IOException>>(Optional.empty());
    Thread errorReader = Thread.ofVirtual().start(errors);
    Thread feeder =
        in.map(stream -> Thread.ofVirtual().start(() -> feed(stream, process, inputFailure)))
            .orElseGet(() -> Thread.ofVirtual().start(() -> {}));
    try (var registration = cancellation.onCancel(() -> stop(process))) {
      out.read(process.getInputStream());
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      int exit = process.waitFor();
      errorReader.join();
      feeder.join();
      if (inputFailure.get().isPresent()) {
        throw inputFailure.get().get();
      }
      return new Ended(exit, errors.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for " + command.getFirst(), e);
    } finally {
      if (process.isAlive()) {
        stop(process);
      }
    }
  }

  private static void feed(
      InputStream in, Process process, AtomicReference<Optional<IOException>> failure) {
    byte[] buffer = new byte[BUFFER];
    try (in) {
      OutputStream to = process.getOutputStream();
      while (true) {
        int count;
        try {
          count = in.read(buffer);
        } catch (IOException e) {
          failure.set(Optional.of(e));
          stop(process); // before its input ends: it must not see an end
          break;
        }
        if (count < 0) {
          break;
        }
        to.write(buffer, 0, count);
      }
      to.close();
    } catch (IOException closed) {
      // the program does not read any more: its exit code tells why
    }
  }

  /** As a person would with Ctrl-C, so that it can take its locks away; then by force. */
  private static void stop(Process process) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps the end of the error output, and ends what only repeats itself. */
  private final class Errors implements Runnable {
    private final Process process;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final AtomicLong firstRetry = new AtomicLong();

    Errors(Process process) {
      this.process = process;
    }

    @Override
    public void run() {
      try (var reader =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          keep(line);
          if (line.contains("retrying after")) {
            long now = System.nanoTime();
            firstRetry.compareAndSet(0, now);
            if (now - firstRetry.get() > patience.toNanos()) {
              stop(process);
            }
          }
        }
      } catch (IOException closed) {
        // it has ended
      }
    }

    private synchronized void keep(String line) {
      lines.addLast(
          line.length() <= KEPT_CHARACTERS ? line : line.substring(0, KEPT_CHARACTERS) + "...");
      if (lines.size() > KEPT_LINES) {
        lines.removeFirst();
      }
    }

    synchronized String text() {
      return String.join("\n", lines);
    }
  }
}
