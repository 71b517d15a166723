package dev.portcullis.gate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A body is the same however its bytes arrive. */
class BodyReaderTest {
  private static String read(String wire, Framing framing, int step) {
    var reader = new BodyReader();
    reader.begin(framing);
    var body = new StringBuilder();
    ByteBuf in = Unpooled.buffer();
    byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < bytes.length; at += step) {
      in.writeBytes(bytes, at, Math.min(step, bytes.length - at));
      BodyReader.Step last;
      do {
        last =
            reader.read(
                in,
                part -> {
                  body.append(part.toString(StandardCharsets.ISO_8859_1));
                  part.release();
                });
      } while (last == BodyReader.Step.PART);
      if (last == BodyReader.Step.BROKEN) {
        return "BROKEN";
      }
      if (last == BodyReader.Step.DONE) {
        return body + "|" + in.toString(StandardCharsets.ISO_8859_1) + rest(bytes, at + step);
      }
    }
    return "MORE";
  }

  private static String rest(byte[] bytes, int from) {
    return from >= bytes.length
        ? ""
        : new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
  }

  @Test
  void chunksAreJoinedAndWhatFollowsIsLeftAlone() {
    qt().forAll(
            lists().of(integers().between(1, 300)).ofSizeBetween(0, 6), integers().between(1, 400))
        .checkAssert((sizes, step) -> {
          var wire = new StringBuilder();
          var body = new StringBuilder();
          for (int size : sizes) {
            String data = "\r\n0x".repeat(size).substring(0, size);
            wire.append(Integer.toHexString(size)).append(";e=1\r\n").append(data).append("\r\n");
            body.append(data);
          }
          wire.append("0\r\nT: x\r\n\r\nNEXT");
          assertThat(read(wire.toString(), Framing.CHUNKED, step)).isEqualTo(body + "|NEXT");
        });
  }

  @Test
  void aBodyOfKnownLengthEndsThere() {
    qt().forAll(integers().between(1, 50))
        .checkAssert(step ->
            assertThat(read("hello, worldNEXT", Framing.ofLength(12), step))
                .isEqualTo("hello, world|NEXT"));
  }

  @Test
  void aBrokenChunkIsBrokenHoweverItArrives() {
    for (String wire :
        List.of(
            "g\r\n", "3\r\nabcX", "-1\r\n", "1\nx", "1;\n", "0\r\nx\r\n", "0\r\n\n", "0\r\r\n")) {
      for (int step = 1; step < 8; step++) {
        assertThat(read(wire, Framing.CHUNKED, step)).as(wire).isEqualTo("BROKEN");
      }
    }
  }
}
