package dev.portcullis.gate.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes text that is known to hold neither CR nor LF nor anything beyond Latin-1. */
public final class Ascii {
  private Ascii() {}

  /** Writes that text. */
  public static void write(ByteBuf out, String text) {
    out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
  }

  /** Writes a header line. */
  public static void field(ByteBuf out, String name, String value) {
    write(out, name);
    out.writeShort(':' << 8 | ' ');
    write(out, value);
    out.writeShort('\r' << 8 | '\n');
  }

  /** Writes the head of a chunk (RFC 9112 §7.1). */
  public static void chunkSize(ByteBuf out, int size) {
    write(out, Integer.toHexString(size));
    out.writeShort('\r' << 8 | '\n');
  }
}
