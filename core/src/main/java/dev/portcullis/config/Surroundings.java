package dev.portcullis.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the file says about the machine it is read on: addresses, directories, variables. */
final class Surroundings {
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

  private final Reading reading;

  Surroundings(Reading reading) {
    this.reading = reading;
  }

  void check(Configuration all) {
    addresses(all);
    state(all.node().state());
    for (int i = 0; i < all.listeners().size(); i++) {
      String path = "listeners[" + i + "].tls";
      all.listeners().get(i).tls().ifPresent(tls -> certificate(path, tls));
    }
    certificate("console.tls", all.console().tls());
    for (int i = 0; i < all.authentication().issuers().size(); i++) {
      URI keys = all.authentication().issuers().get(i).keys();
      if (keys.getScheme().equals("file")) {
        exists("authentication.issuers[" + i + "].keys", Path.of(keys));
      }
    }
    all.notification().smtp().ifPresent(this::mail);
    for (int i = 0; i < all.destinations().size(); i++) {
      destination("destinations[" + i + "]", all.destinations().get(i));
    }
    for (int i = 0; i < all.assets().size(); i++) {
      asset("assets[" + i + "]", all.assets().get(i));
    }
  }

  private void addresses(Configuration all) {
    var taken = new LinkedHashMap<String, Endpoint>();
    String console = "console.address";
    boolean byDefault = !reading.has(console);
    if (byDefault) { // Then the listener is in the file and is what the user can change.
      take(console, all.console().address(), taken);
    }
    for (int i = 0; i < all.listeners().size(); i++) {
      ListenerSettings listener = all.listeners().get(i);
      String path = "listeners[" + i + "].address";
      take(path, listener.address(), taken);
      if (listener.tls().isEmpty()
          && !listener.address().host().isEmpty()
          && !Endpoints.isLoopback(listener.address().host())) {
        reading.warning(
            path,
            listener.address()
                + " is reachable by others and has no TLS: credentials and personal"
                + " data travel in clear",
            "tls: self-signed, or {certificate: FILE, key: FILE}");
      }
    }
    if (!byDefault) {
      take(console, all.console().address(), taken);
    }
  }

  private void take(String path, Endpoint address, Map<String, Endpoint> taken) {
    for (var other : taken.entrySet()) {
      if (overlap(address, other.getValue())) {
        reading.problem(
            path,
            address + " is taken: " + other.getKey() + " is " + other.getValue(),
            "another port");
        return;
      }
    }
    taken.put(path, address);
  }

  private static boolean overlap(Endpoint one, Endpoint other) {
    return one.port() != 0
        && one.port() == other.port()
        && (one.host().equalsIgnoreCase(other.host())
            || WILDCARDS.contains(one.host())
            || WILDCARDS.contains(other.host()));
  }

  private void state(Path state) {
    Path parent = state.getParent();
    if (Files.exists(state) && !Files.isDirectory(state)) {
      reading.problem("node.state", "\"" + state + "\" is a file", "a directory, or none yet");
    } else if (parent == null || !Files.isDirectory(parent)) {
      reading.problem(
          "node.state",
          parent == null
              ? "\"" + state + "\" is the root of the file system"
              : "the directory \"" + parent + "\" does not exist",
          "a directory whose parent exists; it is made at the first start");
    }
  }

  private void certificate(String path, TlsSettings tls) {
    if (tls instanceof TlsSettings.Files files) {
      exists(path + ".certificate", files.certificate());
      exists(path + ".key", files.key());
    }
  }

  private void exists(String path, Path file) {
    if (!reading.isSound(path) || !reading.has(path)) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      reading.problem(
          path, Masking.value(path, file.toString()) + " is no file", "an existing file");
    } else if (!Files.isReadable(file)) {
      reading.problem(
          path,
          Masking.value(path, file.toString()) + " may not be read by this user",
          "a file that the user running Portcullis can read");
    }
  }

  private void mail(NotificationSettings.Smtp smtp) {
    smtp.login()
        .ifPresent(login -> {
          String path = "notification.smtp.login.password-variable";
          String variable = login.passwordVariable();
          if (!variable.isEmpty() && !reading.environment().containsKey(variable)) {
            reading.problem(
                path,
                "the environment variable " + variable + " is not set",
                variable + " in the environment, holding the mail server's password");
          }
          if (!smtp.startTls() && !Endpoints.isLoopback(smtp.server().host())) {
            reading.warning(
                "notification.smtp.start-tls",
                "is false, so the mail server's password travels in clear",
                "start-tls: true");
          }
        });
  }

  private void asset(String path, AssetSettings asset) {
    if (asset.copies() instanceof AssetSettings.Copies.Snapshots(Path to, int keep)) {
      if (asset.source() instanceof AssetSettings.Source.Sqlite sqlite
          && !asset.name().isEmpty()
          && to.equals(sqlite.path())) {
        reading.problem(
            path + ".backup.to", "is the asset itself", "a directory, best on another disk");
      }
      if (!Files.isDirectory(to)) {
        reading.warning(
            path + ".backup.to",
            to + " is not there, so backups fail until it is",
            "a directory that exists, such as a mounted disk");
      }
    }
    if (asset.copies() instanceof AssetSettings.Copies.Repositories && !hasEngine()) {
      reading.problem(
          path + ".backup.destinations",
          "needs the backup engine restic, which is not installed",
          "the package restic (apt-get install restic); or, for SQLite alone, to: DIRECTORY in its"
              + " place, which needs nothing installed");
    }
    if (asset.source() instanceof AssetSettings.Source.Postgresql postgresql) {
      postgresql.passfile().ifPresent(file -> exists(path + ".passfile", file));
      return; // its write-ahead log, and not the interval between base backups, bounds the loss
    }
    if (asset.recoveryPoint().compareTo(asset.every()) < 0) {
      reading.warning(
          path + ".rpo",
          Durations.format(asset.recoveryPoint())
              + " can't be met with a backup every "
              + Durations.format(asset.every()),
          "backup.every shorter than rpo");
    }
  }

  /** Whoever reads without a search path is not the one who runs it. */
  private boolean hasEngine() {
    String searched = reading.environment().get("PATH");
    if (searched == null) {
      return true;
    }
    return java.util.Arrays.stream(searched.split(java.io.File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "restic")));
  }

  private void destination(String path, DestinationSettings destination) {
    switch (destination.kind()) {
      case DestinationSettings.Kind.Directory(Path directory) -> {
        if (!Files.isDirectory(directory)) {
          reading.warning(
              path + ".path",
              directory + " is not there, so backups fail until it is",
              "a directory that exists, such as a mounted disk");
        }
      }
      case DestinationSettings.Kind.Sftp sftp -> {
        exists(path + ".key", sftp.key());
        exists(path + ".known-hosts", sftp.knownHosts());
      }
      case DestinationSettings.Kind.S3 s3 -> {
        variable(path + ".access-key-variable", s3.accessKeyVariable(), "access key's id");
        variable(path + ".secret-key-variable", s3.secretKeyVariable(), "access key's secret");
      }
    }
  }

  private void variable(String path, String name, String holding) {
    if (!name.isEmpty() && !reading.environment().containsKey(name)) {
      reading.problem(
          path,
          "the environment variable " + name + " is not set",
          name + " in the environment, holding the " + holding);
    }
  }
}
