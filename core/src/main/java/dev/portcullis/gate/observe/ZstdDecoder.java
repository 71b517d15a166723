package dev.portcullis.gate.observe;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/** {@code zstd} (RFC 8878), with windows as large as the coding allows on the web (RFC 9659). */
final class ZstdDecoder implements Decoder {
  /** 8 MiB: a larger window is memory that a stranger decides about. */
  private static final int MAX_WINDOW_LOG = 23;

  private static final int PIECE = 16 << 10;

  private final ZstdDecompressCtx context = new ZstdDecompressCtx().setLongMax(MAX_WINDOW_LOG);
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
  private boolean whole = true;

  @Override
  public void decode(ByteBuffer part, Sink sink) throws UnreadableException {
    try {
      boolean full = false;
      while (part.hasRemaining() || (full && !whole)) {
        piece.clear();
        int before = part.position();
        whole = context.decompressByteBufferStream(piece, part);
        if (part.hasRemaining() && part.position() == before && piece.position() == 0) {
          throw new UnreadableException();
        }
        full = !piece.hasRemaining();
        piece.flip();
        if (piece.hasRemaining()) {
          sink.take(piece);
        }
      }
    } catch (ZstdException notZstd) {
      throw new UnreadableException();
    }
  }

  @Override
  public boolean isWhole() {
    return whole;
  }

  @Override
  public void close() {
    context.close();
  }
}
