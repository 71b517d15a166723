package dev.portcullis.gate.observe;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.brotli.dec.BrotliInputStream;

/** Takes the content coding off bytes that were gathered before. For threads that may take long. */
public final class Decoded {
  private Decoded() {}

  /** Whether a body with that Content-Encoding can be decoded. */
  public static boolean isPossible(Optional<String> contentEncoding) {
    return ContentCoding.of(contentEncoding).isPresent();
  }

  /**
   * The beginning of what the bytes decode to; less if they break off.
   *
   * @param limit bytes at most
   */
  public static byte[] of(byte[] encoded, Optional<String> contentEncoding, int limit) {
    return switch (ContentCoding.of(contentEncoding).orElse(ContentCoding.IDENTITY)) {
      case IDENTITY -> encoded;
      case GZIP -> through(new GzipDecoder(), encoded, limit);
      case DEFLATE -> through(new DeflateDecoder(), encoded, limit);
      case ZSTD -> through(new ZstdDecoder(), encoded, limit);
      case BROTLI -> brotli(encoded, limit);
    };
  }

  private static byte[] through(Decoder decoder, byte[] encoded, int limit) {
    var out = new ByteArrayOutputStream();
    try {
      decoder.decode(
          ByteBuffer.wrap(encoded),
          decoded -> {
            int most = Math.min(decoded.remaining(), limit - out.size());
            for (int i = 0; i < most; i++) {
              out.write(decoded.get(decoded.position() + i));
            }
            if (out.size() == limit) {
              throw new UnreadableException();
            }
          });
    } catch (UnreadableException enough) {
      // What came before is what there is.
    } finally {
      decoder.close();
    }
    return out.toByteArray();
  }

  private static byte[] brotli(byte[] encoded, int limit) {
    var out = new ByteArrayOutputStream();
    byte[] piece = new byte[8 << 10];
    try (var in = new BrotliInputStream(new ByteArrayInputStream(encoded))) {
      int length;
      while (out.size() < limit
          && (length = in.read(piece, 0, Math.min(piece.length, limit - out.size()))) >= 0) {
        out.write(piece, 0, length);
      }
    } catch (IOException | RuntimeException broken) {
      // What came before is what there is.
    }
    return out.toByteArray();
  }
}
