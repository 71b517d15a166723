package dev.portcullis.journal;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Starts {@link CrashChild} in processes of their own, quickly, and kills them. */
final class CrashProcess {
  private static final String NEEDED = "dev/portcullis/(journal|crypto|config|telemetry)/.*";

  /** One acknowledged exchange. */
  record Ack(long sequence, boolean synced) {}

  private final Path work;
  private final String classPath;
  private final Path archive;

  /**
   * Prepares: classes in one jar, because only those in jars can be had from a shared archive,
   * which is what makes the start of a process cheap; and such an archive.
   */
  CrashProcess(Path work) throws Exception {
    this.work = work;
    Path jar = work.resolve("classes.jar");
    List<String> path = new ArrayList<>(List.of(jar.toString()));
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(0);
      for (String entry :
          List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
        if (Files.isDirectory(Path.of(entry))) {
          pack(Path.of(entry), out);
        } else if (entry.contains("micrometer") || entry.contains("slf4j")) {
          path.add(entry);
        }
      }
    }
    classPath = String.join(File.pathSeparator, path);
    archive = work.resolve("crash.jsa");
    var child =
        start(
            List.of("-XX:ArchiveClassesAtExit=" + archive),
            work.resolve("warm/journal"),
            0,
            500,
            0);
    child.getInputStream().readAllBytes();
    if (child.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(work.resolve("child.log")));
    }
  }

  private static void pack(Path directory, JarOutputStream out) throws IOException {
    try (var files = Files.walk(directory)) {
      files
          .filter(file -> directory.relativize(file).toString().matches(NEEDED))
          .filter(Files::isRegularFile)
          .forEach(file -> {
            try {
              out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
              Files.copy(file, out);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private Process start(List<String> more, Path directory, long base, long count, long seed)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(more);
    command.addAll(
        List.of(
            "-Xmx64m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-cp",
            classPath,
            CrashChild.class.getName(),
            directory.toString(),
            Long.toString(base),
            Long.toString(count),
            Long.toString(seed)));
    Files.createDirectories(directory);
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(work.resolve("child.log").toFile()))
        .start();
  }

  /**
   * Runs one and kills it after so many acknowledgements; or, if there are to be none, after that
   * time, wherever it is then.
   *
   * @param seed of its disk's failures; 0: it has none
   */
  Map<Long, Ack> runAndKill(Path directory, long base, long seed, int acks, long nanos)
      throws Exception {
    Process child =
        start(
            List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto"), directory, base, 0, seed);
    Map<Long, Ack> acknowledged = new HashMap<>();
    if (acks == 0) {
      child.waitFor(nanos, TimeUnit.NANOSECONDS);
      child.destroyForcibly();
    }
    try (var in = new DataInputStream(child.getInputStream())) {
      while (true) {
        acknowledged.put(in.readLong(), new Ack(in.readLong(), in.readByte() == 1));
        if (acknowledged.size() == acks) {
          child.destroyForcibly();
        }
      }
    } catch (EOFException dead) {
      // all that it had acknowledged is read
    } catch (IOException closed) {
      // Java closes the pipe when the process is dead
    }
    child.destroyForcibly().waitFor();
    if (acknowledged.size() < acks) {
      throw new AssertionError(
          "It ended by itself: " + Files.readString(work.resolve("child.log")));
    }
    return acknowledged;
  }
}
