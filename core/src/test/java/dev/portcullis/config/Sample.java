package dev.portcullis.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A directory with a valid configuration, parts of which a test replaces. */
final class Sample {
  static final Set<String> RULES = Set.of("gdpr-33", "gdpr-34");
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "CLINIC_HOST",
          "127.0.0.1",
          "SMTP_PASSWORD",
          "hunter2",
          "EMPTY",
          "",
          "HIDDEN",
          "hunter2",
          "BUCKET_KEY",
          "portcullis",
          "BUCKET_SECRET",
          "hunter2");

  private static final Map<String, String> BASE = base();

  final Path directory;

  Sample(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("tls"));
    Files.writeString(directory.resolve("clinic-api.yaml"), "openapi: 3.1.0\n");
    Files.createDirectories(directory.resolve("backup"));
    for (String name : List.of("id_ed25519", "known_hosts", "pgpass")) {
      Files.writeString(directory.resolve("backup").resolve(name), "");
    }
    for (String name : List.of("chain.pem", "key.pem", "jwks.json")) {
      Files.writeString(directory.resolve("tls").resolve(name), "");
    }
  }

  private static Map<String, String> base() {
    var base = new LinkedHashMap<String, String>();
    base.put("node", "node: {name: gate-1}\n");
    base.put("listeners", "listeners: [{name: public, address: '127.0.0.1:8443'}]\n");
    base.put("upstreams", "upstreams: [{name: clinic, url: 'http://127.0.0.1:9090'}]\n");
    base.put("accounts", "accounts: [{name: app, scopes: ['patients:read', 'patients:write']}]\n");
    base.put("routes", "routes: [{name: all, path: /all, upstream: clinic, methods: {GET: []}}]\n");
    return base;
  }

  /** The snippet, followed by whatever required section it has not: its lines count from 1. */
  static String completed(String snippet) {
    var text = new StringBuilder(snippet);
    if (!snippet.endsWith("\n")) {
      text.append('\n');
    }
    BASE.forEach((key, section) -> {
      if (!Pattern.compile("^" + key + ":", Pattern.MULTILINE).matcher(snippet).find()) {
        text.append(section);
      }
    });
    return text.toString();
  }

  ConfigurationReader.Checked check(String snippet) throws IOException, ConfigurationException {
    return checkWhole(completed(snippet));
  }

  ConfigurationReader.Checked checkWhole(String text) throws IOException, ConfigurationException {
    return new ConfigurationReader(RULES, ENVIRONMENT).check(write(text));
  }

  Path write(String text) throws IOException {
    Path file = directory.resolve("portcullis.yaml");
    Files.writeString(file, text);
    return file;
  }

  /** The exception that reading the snippet ends in. */
  ConfigurationException mistakes(String snippet) throws IOException {
    return mistakesOfWhole(completed(snippet));
  }

  ConfigurationException mistakesOfWhole(String text) throws IOException {
    try {
      checkWhole(text);
    } catch (ConfigurationException e) {
      return e;
    }
    throw new AssertionError("accepted:\n" + text);
  }
}
