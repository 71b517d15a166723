package dev.portcullis.config;

import java.nio.file.Path;
import java.time.Duration;

/** The keys of {@code node}, {@code listeners}, {@code upstreams}, {@code console}. */
final class NodeSection {
  private static final Endpoint NOWHERE = new Endpoint("", 0);
  private static final Endpoint CONSOLE = new Endpoint("127.0.0.1", 8444);
  private static final Text<String> SELF_SIGNED =
      Text.of(
          "self-signed, or {certificate: FILE, key: FILE}",
          text -> {
            if (!text.equals("self-signed")) {
              throw new Mistake("is not a certificate");
            }
            return text;
          });

  private NodeSection() {}

  static NodeSettings node(Section section) {
    return new NodeSettings(
        section.required("name", Texts.NAME, ""),
        section.optional("state", path(section), directory(section).resolve("state")));
  }

  static ListenerSettings listener(Section section) {
    return new ListenerSettings(
        section.required("name", Texts.NAME, ""),
        section.required("address", Endpoints.LISTEN, NOWHERE),
        section.filled("tls").map(NodeSection::tls));
  }

  static UpstreamSettings upstream(Section section) {
    return new UpstreamSettings(
        section.required("name", Texts.NAME, ""),
        section.required("url", Uris.UPSTREAM, java.net.URI.create("http://nowhere.invalid:1")),
        section.optional(
            "connect-timeout",
            Durations.between(Duration.ofMillis(10), Duration.ofMinutes(5)),
            Duration.ofSeconds(2)),
        section.optional(
            "response-timeout",
            Durations.between(Duration.ofMillis(10), Duration.ofHours(1)),
            Duration.ofSeconds(30)),
        section.optional("connections", Texts.integer(1, 100_000), 256));
  }

  static ConsoleSettings console(Section section) {
    return new ConsoleSettings(
        section.optional("address", Endpoints.LISTEN, CONSOLE),
        section.filled("tls").map(NodeSection::tls).orElse(new TlsSettings.SelfSigned()));
  }

  /** What there is where the file has no {@code console}. */
  static ConsoleSettings defaultConsole() {
    return new ConsoleSettings(CONSOLE, new TlsSettings.SelfSigned());
  }

  private static TlsSettings tls(Value value) {
    if (value.isMap()) {
      return value.section(NodeSection::files);
    }
    value.read(SELF_SIGNED);
    return new TlsSettings.SelfSigned();
  }

  private static TlsSettings files(Section section) {
    return new TlsSettings.Files(
        section.required("certificate", path(section), directory(section)),
        section.required("key", path(section), directory(section)));
  }

  static Text<Path> path(Section section) {
    return Texts.path(directory(section));
  }

  static Path directory(Section section) {
    return section.reading().source().directory();
  }
}
