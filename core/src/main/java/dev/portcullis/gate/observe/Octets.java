package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/** Bytes of one field as they gather. Bounded by what is read of a body. */
final class Octets {
  private final CharsetDecoder decoder;
  private byte[] bytes = new byte[64];
  private int length;

  Octets(Charset charset) {
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  void add(byte octet) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = octet;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void clear() {
    length = 0;
  }

  /**
   * What gathered, as text; then it begins anew.
   *
   * @throws UnreadableException if the bytes are not of this charset
   */
  String take() throws UnreadableException {
    try {
      return decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException();
    } finally {
      length = 0;
    }
  }
}
