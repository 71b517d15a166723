package dev.portcullis.config;

import dev.portcullis.config.AssetSettings.Copies;
import dev.portcullis.config.AssetSettings.Query;
import dev.portcullis.config.AssetSettings.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of {@code assets}. */
final class AssetSection {
  private static final Text<Duration> OBJECTIVE =
      Durations.between(Duration.ofSeconds(1), Duration.ofDays(365));
  private static final Text<Integer> KEPT = Texts.integer(0, 10_000);
  private static final Text<String> SLOT =
      Text.of(
          "small letters, digits and underscores, at most 63",
          text -> {
            if (!text.matches("[a-z0-9_]{1,63}")) {
              throw new Mistake("is not the name of a replication slot");
            }
            return text;
          });
  private static final Text<String> CONNECTION =
      Text.of(
          "\"host=... user=...\" without a password, which belongs into the file that passfile"
              + " names",
          text -> {
            if (text.matches("(?is).*\\b(password|sslpassword)\\s*=.*|.*://.*")) {
              throw new Mistake("holds a password, or is a URL, which may hold one");
            }
            return text;
          });

  private AssetSection() {}

  static AssetSettings asset(Section section) {
    String name = section.required("name", Texts.NAME, "");
    String kind =
        section.required(
            "kind", Texts.oneOf(List.of("sqlite", "postgresql", "directory", "command")), "sqlite");
    Source source = source(section, kind, name);
    String upstream = section.required("upstream", Texts.NAME, "");
    Backup backup =
        section.requiredSection(
            "backup",
            "{every: 15m, to: DIRECTORY} or {every: 15m, destinations: [NAME]}: where the copies"
                + " go",
            below -> backup(below, kind));
    return new AssetSettings(
        name,
        source,
        upstream,
        backup.every(),
        backup.copies(),
        section.optional("rto", OBJECTIVE, Duration.ofHours(1)),
        section.optional("rpo", OBJECTIVE, Duration.ofHours(1)));
  }

  private static Source source(Section section, String kind, String name) {
    Path directory = NodeSection.directory(section);
    return switch (kind) {
      case "postgresql" ->
          new Source.Postgresql(
              section.required("connection", CONNECTION, ""),
              section.maybe("passfile", NodeSection.path(section)),
              section.maybe("slot", SLOT).orElseGet(() -> slot(name)),
              section.optional(
                  "ship",
                  Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
                  Duration.ofSeconds(10)),
              section.maybe("run-as", Texts.ACCOUNT),
              section.maybe("sandbox", NodeSection.path(section)),
              section.maybe("binaries", NodeSection.path(section)),
              section.sections("verify", AssetSection::query));
      case "directory" ->
          new Source.Directory(
              section.required("path", NodeSection.path(section), directory),
              List.copyOf(section.set("exclude", Texts.LINE)));
      case "command" -> {
        List<String> backup = words(section, "command");
        if (backup.isEmpty()) {
          section.missing("command", "[pg_dump, -Fc, shop]: the program and its arguments");
        }
        yield new Source.Command(
            backup,
            words(section, "restore-command"),
            section.optional("least", Sizes.between(1, 1L << 50), 1L));
      }
      default -> new Source.Sqlite(section.required("path", NodeSection.path(section), directory));
    };
  }

  private static String slot(String name) {
    return "portcullis_" + name.toLowerCase(java.util.Locale.ROOT).replaceAll("\\W", "_");
  }

  private static Query query(Section section) {
    return new Query(
        section.optional("database", Texts.LINE, "postgres"),
        section.required("query", Texts.LINE, ""),
        section.maybe("expect", Texts.LINE));
  }

  /** A list in which a word may stand twice. */
  private static List<String> words(Section section, String key) {
    var words = new ArrayList<String>();
    Optional<Value> list = section.filled(key);
    list.ifPresent(
        value -> value.items().forEach(item -> item.read(Texts.LINE).ifPresent(words::add)));
    return words;
  }

  private record Backup(Duration every, Copies copies) {}

  private static Backup backup(Section section, String kind) {
    Duration every =
        section.optional(
            "every",
            Durations.between(Duration.ofSeconds(1), Duration.ofDays(31)),
            Duration.ofMinutes(15));
    if (section.has("destinations")) {
      if (section.value("to").isPresent()) {
        section.problem("to", "stands beside destinations", "one of the two");
      }
      List<String> destinations =
          List.copyOf(section.requiredSet("destinations", Texts.NAME, "names of destinations"));
      return new Backup(
          every,
          new Copies.Repositories(
              destinations, section.section("keep", AssetSection::keep, Keep.DEFAULT)));
    }
    section.value("destinations");
    Path to = section.required("to", NodeSection.path(section), NodeSection.directory(section));
    int keep = section.optional("keep", Texts.integer(1, 100_000), 96);
    if (section.has("to") && !kind.equals("sqlite")) {
      section.problem(
          "to",
          "is for SQLite alone, and this asset is a " + kind,
          "destinations: [NAME] in its place, and the destination under the key destinations");
    }
    return new Backup(every, new Copies.Snapshots(to, keep));
  }

  private static Keep keep(Section section) {
    return new Keep(
        section.optional("last", Texts.integer(1, 100_000), 96),
        section.optional("hourly", KEPT, 0),
        section.optional("daily", KEPT, 0),
        section.optional("weekly", KEPT, 0),
        section.optional("monthly", KEPT, 0),
        section.optional("yearly", KEPT, 0));
  }
}
