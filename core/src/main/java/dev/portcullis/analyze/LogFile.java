package dev.portcullis.analyze;

import com.github.luben.zstd.ZstdInputStream;
import dev.portcullis.analyze.format.Formats;
import dev.portcullis.analyze.format.LogFormat;
import dev.portcullis.analyze.format.LoggedRequest;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * One log file, plain or compressed (told by its first bytes, not by its name), or standard input.
 *
 * @param number in the order of first requests; evidence names it
 * @param name for people
 * @param format that its first lines are in; empty: the file is
 * @param first request's time in milliseconds; {@link Long#MAX_VALUE} without one
 */
record LogFile(int number, String name, Input input, Optional<LogFormat> format, long first) {
  /** Bytes that are looked at to recognise a format. */
  static final int HEAD = 256 * 1024;

  /** What a file is read from. */
  interface Input {
    InputStream open() throws IOException;
  }

  LogFile numbered(int itsNumber) {
    return new LogFile(itsNumber, name, input, format, first);
  }

  /**
   * A file, looked at.
   *
   * @param progress is told of the bytes read later
   */
  static LogFile of(Path path, AnalyzerSettings settings, Formats formats, Progress progress) {
    String name = Visible.of(path.toString(), 400);
    if (!Files.exists(path)) {
      throw new AnalyzeException(name + ": no such file (expected: an access log, or - for stdin)");
    }
    if (Files.isDirectory(path)) {
      throw new AnalyzeException(
          name + " is a directory (expected: files in it, such as " + name + "/access.log*)");
    }
    byte[] head = head(name, () -> decompressed(name, Files.newInputStream(path)));
    Input whole = () -> decompressed(name, new Counted(Files.newInputStream(path), progress::read));
    return looked(name, head, whole, settings, formats);
  }

  /** Standard input: read once. */
  static LogFile of(
      InputStream stdin, AnalyzerSettings settings, Formats formats, Progress progress) {
    String name = "standard input";
    try {
      var stream =
          new BufferedInputStream(decompressed(name, new Counted(stdin, progress::read)), HEAD);
      stream.mark(HEAD);
      byte[] head = stream.readNBytes(HEAD);
      stream.reset();
      return looked(name, head, () -> stream, settings, formats);
    } catch (IOException e) {
      throw new AnalyzeException("standard input can't be read: " + e.getMessage(), e);
    }
  }

  private static LogFile looked(
      String name, byte[] head, Input input, AnalyzerSettings settings, Formats formats) {
    if (head.length == 0) {
      return new LogFile(0, name, input, Optional.empty(), Long.MAX_VALUE);
    }
    LogFormat format = format(name, head, settings, formats);
    return new LogFile(0, name, input, Optional.of(format), first(format, head));
  }

  /** The same file, now that its first bytes are there. */
  static LogFile recognised(LogFile file, byte[] head, AnalyzerSettings settings, Formats formats) {
    LogFormat format = format(file.name(), head, settings, formats);
    return new LogFile(file.number(), file.name(), file.input(), Optional.of(format), file.first());
  }

  private static LogFormat format(
      String name, byte[] head, AnalyzerSettings settings, Formats formats) {
    Optional<LogFormat> format =
        settings.format().isPresent()
            ? formats.named(settings.format().get(), head)
            : formats.recognised(head);
    return format.orElseThrow(() ->
        new AnalyzeException(
            settings
                    .format()
                    .map(forced -> name + ": not in format '" + forced + "', or there is none such")
                    .orElse(name + ": the format of its first lines is not known")
                + ": found '"
                + firstLine(head)
                + "' (expected: one of "
                + formats.names()
                + "; --format forces one, --field names the fields of your own JSON)"));
  }

  private static String firstLine(byte[] head) {
    String text =
        new String(head, 0, Math.min(head.length, 400), java.nio.charset.StandardCharsets.UTF_8);
    return Visible.of(text.lines().findFirst().orElse(""), 120);
  }

  private static long first(LogFormat format, byte[] head) {
    var request = new LoggedRequest();
    long[] first = {Long.MAX_VALUE};
    for (int from = 0; from < head.length && first[0] == Long.MAX_VALUE; ) {
      int end = Places.indexOf(head, '\n', from, head.length);
      end = end < 0 ? head.length : end;
      try {
        int to = end > from && head[end - 1] == '\r' ? end - 1 : end;
        format.read(
            head, from, to, request, () -> first[0] = Math.min(first[0], request.at() / 1_000));
      } catch (IndexOutOfBoundsException e) {
        // A broken line has no time; the next one is tried.
      }
      from = end + 1;
    }
    return first[0];
  }

  private static byte[] head(String name, Input input) {
    try (InputStream stream = input.open()) {
      return stream.readNBytes(HEAD);
    } catch (IOException e) {
      throw new AnalyzeException(name + " can't be read: " + e.getMessage(), e);
    }
  }

  private static InputStream decompressed(String name, InputStream raw) throws IOException {
    var buffered = new BufferedInputStream(raw, 128 * 1024);
    buffered.mark(8);
    byte[] magic = Arrays.copyOf(buffered.readNBytes(4), 4);
    buffered.reset();
    if ((magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
      return new GZIPInputStream(buffered, 128 * 1024);
    }
    if ((magic[0] & 0xff) == 0x28 && (magic[1] & 0xff) == 0xb5 && (magic[2] & 0xff) == 0x2f) {
      return new ZstdInputStream(buffered).setContinuous(false);
    }
    boolean bzip = magic[0] == 'B' && magic[1] == 'Z' && magic[2] == 'h';
    boolean xz = (magic[0] & 0xff) == 0xfd && magic[1] == '7' && magic[2] == 'z';
    if (bzip || xz) {
      buffered.close();
      String tool = bzip ? "bzcat" : "xzcat";
      throw new AnalyzeException(
          name
              + " is packed in a way that is not read here (expected: plain, gzip or zstd; try: "
              + tool
              + " FILE | portcullis analyze -)");
    }
    return buffered;
  }

  /** Tells how much was read. */
  private static final class Counted extends FilterInputStream {
    private final LongConsumer count;

    Counted(InputStream in, LongConsumer count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int octet = in.read();
      count.accept(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = in.read(buffer, from, length);
      count.accept(Math.max(0, read));
      return read;
    }
  }
}
