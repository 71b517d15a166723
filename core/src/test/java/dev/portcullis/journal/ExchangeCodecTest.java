package dev.portcullis.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExchangeCodecTest {
  @Test
  void anyExchangeReadsBackAsItWas() {
    qt().withExamples(5_000)
        .forAll(longs().all())
        .checkAssert(seed -> {
          Exchange exchange = TestJournals.random(new Random(seed));
          assertThat(decode(encode(exchange))).isEqualTo(exchange);
        });
  }

  @Test
  void bytesThatAreNoExchangeAreRefusedAndNothingWorse() {
    qt().withExamples(20_000)
        .forAll(longs().all())
        .check(seed -> {
          var random = new Random(seed);
          byte[] bytes;
          if (random.nextBoolean()) {
            bytes = encode(TestJournals.random(random));
            for (int i = random.nextInt(4); i >= 0; i--) {
              bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
          } else {
            bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
              bytes[0] = 1;
            }
          }
          try {
            decode(bytes);
          } catch (JournalException expected) {
            return true;
          }
          return true;
        });
  }

  @Test
  void aTypicalReadOfOneSubjectTakes122BytesOnDisk() {
    var patient = new Pseudonym("qL3x_0bT-9w");
    Exchange n = TestJournals.numbered(1);
    var typical =
        new Exchange(
            n.at(),
            n.duration(),
            n.route(),
            n.credential(),
            n.account(),
            n.claimed(),
            n.source(),
            n.client(),
            n.method(),
            "/v1/patients/~" + patient.value() + "/records",
            n.status(),
            n.requestBytes(),
            n.responseBytes(),
            n.outcome(),
            n.findings(),
            Carried.of(n.dataClasses(), List.of(patient), n.observation()),
            Carried.NOTHING);
    int onDisk = RecordFormat.FRAME_BYTES + 1 + encode(typical).length;
    assertThat(onDisk).as("as docs/journal-format.md says").isEqualTo(122);
    assertThat(decode(encode(typical))).isEqualTo(typical);
  }

  private static byte[] encode(Exchange exchange) {
    var out = new ByteSink(16);
    ExchangeCodec.encode(exchange, out);
    return out.toBytes();
  }

  private static Exchange decode(byte[] bytes) {
    return ExchangeCodec.decode(bytes, 0, bytes.length);
  }
}
