package dev.portcullis.config;

import dev.portcullis.config.DestinationSettings.Kind;
import java.nio.file.Path;
import java.util.List;

/** The keys of {@code destinations}. */
final class DestinationSection {
  private static final Text<Long> RATE = Sizes.between(16 << 10, 1L << 40);
  private static final Text<String> PLACE =
      Text.of(
          "an absolute path on the server, such as /srv/backups",
          text -> {
            if (!text.matches("/[\\w./-]{1,400}")) {
              throw new Mistake("is not an absolute path of letters, digits and . _ - /");
            }
            return text;
          });
  private static final Text<String> USER =
      Text.of(
          "a user's name",
          text -> {
            if (!text.matches("[A-Za-z_][\\w.-]{0,63}")) {
              throw new Mistake("is not a user's name");
            }
            return text;
          });
  private static final Text<String> URL =
      Text.of(
          "a URL such as https://s3.example.org",
          text -> {
            if (!text.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,250}")) {
              throw new Mistake("is not the URL of a server");
            }
            return text;
          });
  private static final Text<String> BUCKET =
      Text.of(
          "a bucket's name: 3 to 63 small letters, digits, dots and dashes",
          text -> {
            if (!text.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
              throw new Mistake("is not a bucket's name");
            }
            return text;
          });
  private static final Text<String> PREFIX =
      Text.of(
          "letters, digits and . _ - /",
          text -> {
            if (!text.matches("[\\w.-][\\w./-]{0,200}")) {
              throw new Mistake("is not a prefix of names");
            }
            return text;
          });

  private DestinationSection() {}

  static DestinationSettings destination(Section section) {
    String name = section.required("name", Texts.NAME, "");
    String kind =
        section.required("kind", Texts.oneOf(List.of("directory", "sftp", "s3")), "directory");
    return new DestinationSettings(
        name,
        kind(section, kind),
        section.maybe("medium", Texts.KEBAB).orElse(kind.equals("s3") ? "cloud" : "disk"),
        section.maybe("offsite", Texts.BOOL).orElse(!kind.equals("directory")),
        section.optional("immutable", Texts.BOOL, false),
        section.maybe("upload-limit", RATE),
        section.maybe("download-limit", RATE));
  }

  private static Kind kind(Section section, String kind) {
    Path directory = NodeSection.directory(section);
    return switch (kind) {
      case "sftp" ->
          new Kind.Sftp(
              section.required("server", Endpoints.CONNECT, new Endpoint("", 0)),
              section.required("user", USER, ""),
              section.required("path", PLACE, ""),
              section.required("key", NodeSection.path(section), directory),
              section.required("known-hosts", NodeSection.path(section), directory));
      case "s3" ->
          new Kind.S3(
              section.required("url", URL, ""),
              section.required("bucket", BUCKET, ""),
              section.maybe("prefix", PREFIX).orElse(""),
              section.optional("region", PREFIX, "us-east-1"),
              section.required("access-key-variable", Texts.VARIABLE, ""),
              section.required("secret-key-variable", Texts.VARIABLE, ""));
      default -> new Kind.Directory(section.required("path", NodeSection.path(section), directory));
    };
  }
}
