package dev.portcullis.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys of {@code assets}. */
final class AssetSection {
  private static final Text<Duration> OBJECTIVE =
      Durations.between(Duration.ofSeconds(1), Duration.ofDays(365));

  private AssetSection() {}

  static AssetSettings asset(Section section) {
    Path directory = NodeSection.directory(section);
    String name = section.required("name", Texts.NAME, "");
    section.required("kind", Texts.oneOf(List.of("sqlite")), "sqlite");
    var source =
        new AssetSettings.Source.Sqlite(
            section.required("path", NodeSection.path(section), directory));
    String upstream = section.required("upstream", Texts.NAME, "");
    Backup backup =
        section.requiredSection(
            "backup", "{every: 15m, to: DIRECTORY}: where the copies go", AssetSection::backup);
    return new AssetSettings(
        name,
        source,
        upstream,
        backup.every(),
        backup.to(),
        backup.keep(),
        section.optional("rto", OBJECTIVE, Duration.ofHours(1)),
        section.optional("rpo", OBJECTIVE, Duration.ofHours(1)));
  }

  private record Backup(Duration every, Path to, int keep) {}

  private static Backup backup(Section section) {
    return new Backup(
        section.optional(
            "every",
            Durations.between(Duration.ofSeconds(1), Duration.ofDays(31)),
            Duration.ofMinutes(15)),
        section.required("to", NodeSection.path(section), NodeSection.directory(section)),
        section.optional("keep", Texts.integer(1, 100_000), 96));
  }
}
