package dev.portcullis.gate.testing;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Content codings, as servers apply them. */
public enum Coding {
  IDENTITY(""),
  GZIP("gzip"),
  TWO_GZIP_MEMBERS("x-gzip"),
  DEFLATE("deflate"),
  BARE_DEFLATE("deflate"),
  ZSTD("zstd"),
  BROTLI("br");

  private final String label;

  Coding(String label) {
    this.label = label;
  }

  /** The Content-Encoding, if any. */
  public Optional<String> label() {
    return label.isEmpty() ? Optional.empty() : Optional.of(label);
  }

  /** The bytes in this coding. */
  public byte[] encode(byte[] bytes) {
    return switch (this) {
      case IDENTITY -> bytes;
      case GZIP -> through(bytes, 0, bytes.length, GZIPOutputStream::new);
      case TWO_GZIP_MEMBERS -> {
        var out = new ByteArrayOutputStream();
        int half = bytes.length / 2;
        out.writeBytes(through(bytes, 0, half, GZIPOutputStream::new));
        out.writeBytes(through(bytes, half, bytes.length - half, GZIPOutputStream::new));
        yield out.toByteArray();
      }
      case DEFLATE -> through(bytes, 0, bytes.length, DeflaterOutputStream::new);
      case BARE_DEFLATE ->
          through(
              bytes,
              0,
              bytes.length,
              out ->
                  new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true)));
      case ZSTD -> Zstd.compress(bytes);
      case BROTLI -> Brotli.stored(bytes);
    };
  }

  /** As {@code Brotli.document()}. */
  public static byte[] brotliDocument() {
    return Brotli.document();
  }

  /** As {@code Brotli.bomb()}. */
  public static byte[] brotliBomb() {
    return Brotli.bomb();
  }

  @FunctionalInterface
  private interface Wrap {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] through(byte[] bytes, int from, int length, Wrap wrap) {
    var out = new ByteArrayOutputStream();
    try (OutputStream coded = wrap.around(out)) {
      coded.write(bytes, from, length);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
