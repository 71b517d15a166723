package dev.portcullis.gate.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;

/** What a client sent and nobody has looked at yet: one read at most, besides half a head. */
final class Inbound {
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  void add(ByteBufAllocator allocator, ByteBuf more) {
    if (bytes.isReadable()) {
      bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, more);
    } else {
      bytes.release();
      bytes = more;
    }
  }

  ByteBuf bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return !bytes.isReadable();
  }

  byte[] first(int most) {
    var copy = new byte[Math.min(most, bytes.readableBytes())];
    bytes.getBytes(bytes.readerIndex(), copy);
    return copy;
  }

  void clear() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }
}
