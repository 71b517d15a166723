package dev.portcullis.recover;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lies beside a recovery point's file and tells what is in it.
 *
 * @param format {@link #FORMAT}
 * @param at the state it holds is not older than this
 * @param complete the state it holds is not younger than this
 * @param content digest over the content, hexadecimal
 * @param rows of each table
 * @param bytes of the encrypted file
 * @param sha256 of the encrypted file, hexadecimal
 */
record Manifest(
    String format,
    String asset,
    Instant at,
    Instant complete,
    String content,
    Map<String, Long> rows,
    long bytes,
    String sha256) {
  static final String FORMAT = "portcullis-recovery-point/1";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  /** How a file name's stamp looks. */
  static final String STAMP_PATTERN = "[0-9]{8}T[0-9]{9}Z";

  private static final String DIGEST_PATTERN = "[0-9a-f]{64}";

  /**
   * The part that is encrypted with the content: whoever can write to the destination but lacks the
   * key can't give a point another time, asset or content.
   */
  record Seal(String asset, Instant at, Instant complete, String content) {
    byte[] bytes() {
      return JSON.writeValueAsBytes(this);
    }
  }

  Manifest {
    Objects.requireNonNull(asset, "asset");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(complete, "complete");
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException("format is " + format + " and not " + FORMAT);
    }
    if (!content.matches(DIGEST_PATTERN) || !sha256.matches(DIGEST_PATTERN)) {
      throw new IllegalArgumentException("a digest is not 64 hexadecimal digits");
    }
    rows = Map.copyOf(rows);
  }

  static String stamp(Instant at) {
    return STAMP.format(at);
  }

  static Manifest parse(byte[] json) throws BrokenPointException {
    try {
      return JSON.readValue(json, Manifest.class);
    } catch (JacksonException e) {
      throw new BrokenPointException("its manifest is unreadable: " + e.getOriginalMessage(), e);
    }
  }

  byte[] bytesOfJson() {
    return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  Seal seal() {
    return new Seal(asset, at, complete, content);
  }

  StoredPoint at(Path file) {
    return new StoredPoint(
        new RecoveryPoint(asset + "/" + stamp(at), asset, at, file.toString(), bytes, content),
        this,
        new Content(content, rows));
  }
}
