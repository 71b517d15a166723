package dev.portcullis.recover;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real PostgreSQL server of the test's own: a random port, a directory of its own. */
final class PrivatePostgres implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  final Path home;
  final Path data;
  final int port;

  private PrivatePostgres(Path home, int port) {
    this.home = home;
    this.data = home.resolve("data");
    this.port = port;
  }

  /** The directory of the server's programs, if they are installed. */
  static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (var versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(java.util.Comparator.naturalOrder());
    }
  }

  /** The server refuses to run as root. */
  static boolean asRoot() {
    return System.getProperty("user.name").equals("root");
  }

  static Optional<String> runAs() {
    return asRoot() ? Optional.of("postgres") : Optional.empty();
  }

  /** A directory that the server's user can reach, unlike what JUnit makes. */
  static Path reachable(String name) throws Exception {
    Path directory = Files.createTempDirectory(name);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (asRoot()) {
      run(List.of("chown", "postgres", directory.toString()));
    }
    return directory;
  }

  static PrivatePostgres start(Path home) throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var server = new PrivatePostgres(home, port);
    server.as("initdb", "-D", server.data.toString(), "-U", "admin", "-A", "trust", "-N", "-k");
    Files.writeString(
        server.data.resolve("postgresql.conf"),
        "listen_addresses = '127.0.0.1'\nport = %d\nunix_socket_directories = ''\nfsync = off\n"
                .formatted(port)
            + "max_connections = 30\n");
    server.as(
        "pg_ctl",
        "start",
        "-w",
        "-D",
        server.data.toString(),
        "-l",
        home.resolve("log").toString());
    return server;
  }

  String connection() {
    return "host=127.0.0.1 port=" + port + " user=admin";
  }

  String ask(String sql) throws Exception {
    var command =
        List.of(
            programs().orElseThrow().resolve("psql").toString(),
            "-XAtq",
            "-d",
            connection() + " dbname=postgres",
            "-c",
            sql);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException(answer);
    }
    return answer;
  }

  /** A client that is told statements and says when they are done. */
  Process client() throws IOException {
    return new ProcessBuilder(
            programs().orElseThrow().resolve("psql").toString(),
            "-XAtq",
            "-d",
            connection() + " dbname=postgres",
            "-f",
            "-")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** All of it, at once, and then every byte. */
  void destroy() throws Exception {
    Path pidFile = data.resolve("postmaster.pid");
    if (Files.exists(pidFile)) {
      String pid = Files.readAllLines(pidFile).getFirst();
      var children =
          ProcessHandle.of(Long.parseLong(pid)).stream()
              .flatMap(handle ->
                  java.util.stream.Stream.concat(
                      java.util.stream.Stream.of(handle), handle.descendants()))
              .toList();
      children.forEach(ProcessHandle::destroyForcibly);
      for (ProcessHandle child : children) {
        child.onExit().join();
      }
    }
    Trees.delete(data);
  }

  @Override
  public void close() throws Exception {
    destroy();
  }

  private void as(String program, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    runAs().ifPresent(user -> command.addAll(List.of("runuser", "-u", user, "--")));
    command.add(programs().orElseThrow().resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws Exception {
    Path output = Files.createTempFile("pg", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .directory(new java.io.File("/"))
            .start();
    int exit = process.waitFor();
    String said = Files.readString(output);
    Files.delete(output);
    if (exit != 0) {
      throw new IOException(command + " ended with " + exit + ": " + said);
    }
  }
}
