package dev.portcullis.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file as text, with its lines for messages.
 *
 * @param file as named by the user
 * @param text without byte order mark
 * @param lines of the text, without their ends
 */
record SourceText(Path file, String text, List<String> lines) {
  /** Bytes; a hand-written file is a thousandth of it. */
  static final int MAX_SIZE = 1 << 20;

  private static final String A_FILE =
      "a configuration file; `portcullis init` writes a starter, `-c FILE` names another";

  static SourceText read(Path file) throws ConfigurationException {
    return read(file, MAX_SIZE);
  }

  static SourceText read(Path file, int most) throws ConfigurationException {
    if (Files.isDirectory(file)) {
      throw whole(file, "is a directory", "a file, such as " + file.resolve("portcullis.yaml"));
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(most + 1);
    } catch (NoSuchFileException e) {
      throw whole(file, "there is no such file", A_FILE);
    } catch (AccessDeniedException e) {
      throw whole(
          file,
          "may not be read by this user",
          "a file that the user running Portcullis can read; see its owner and mode");
    } catch (IOException e) {
      throw whole(file, "can't be read: " + e.getMessage(), A_FILE);
    }
    if (bytes.length > most) {
      throw whole(
          file,
          "is larger than " + Sizes.format(most),
          "a configuration file of at most " + Sizes.format(most));
    }
    String text = decode(file, bytes);
    return new SourceText(file, text, text.lines().toList());
  }

  /** The directory that relative paths are resolved against. */
  Path directory() {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** The line as it may be shown, or nothing. */
  String shown(int line) {
    return line >= 1 && line <= lines.size() ? Masking.line(lines, line - 1) : "";
  }

  /** Whether a message about this line must not quote it. */
  boolean secret(int line) {
    return line >= 1 && line <= lines.size() && Masking.secretLine(lines, line - 1);
  }

  private static String decode(Path file, byte[] bytes) throws ConfigurationException {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      int column = 1;
      for (int i = 0; i < in.position(); i++) {
        column = bytes[i] == '\n' ? 1 : column + 1;
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new ConfigurationException(
          new Problem(
              file.toString(),
              line,
              column,
              "",
              "byte 0x%02X is not UTF-8".formatted(bytes[in.position()]),
              "the file saved as UTF-8 (most editors: \"save with encoding\")",
              ""));
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static ConfigurationException whole(Path file, String wrong, String expected) {
    return new ConfigurationException(new Problem(file.toString(), 0, 0, "", wrong, expected, ""));
  }
}
