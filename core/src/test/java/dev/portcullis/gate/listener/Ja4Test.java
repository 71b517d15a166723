package dev.portcullis.gate.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values are those that FoxIO's description of JA4 publishes, or follow from it. */
class Ja4Test {
  private static final String EXAMPLE = "t13d1516h2_8daaf6152771_e5627efa2ab1";

  /** What the tap finds and passes on, given these reads. */
  private static Optional<String> tapped(byte[]... reads) {
    var tap = new HelloTap();
    var channel = new EmbeddedChannel(tap);
    for (byte[] read : reads) {
      channel.writeInbound(Unpooled.copiedBuffer(read));
    }
    ByteBuf passed = Unpooled.buffer();
    for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
      passed.writeBytes(part);
      part.release();
    }
    assertThat(ByteBufUtil.getBytes(passed)).as("untouched").isEqualTo(Hellos.joined(reads));
    assertThat(channel.finish()).isFalse();
    return tap.get();
  }

  private static String of(Hellos hello) {
    return tapped(Hellos.records(hello.message(), 1 << 14)).orElseThrow();
  }

  @Test
  void thePublishedExampleHasThePublishedFingerprint() {
    assertThat(tapped(Hellos.records(Hellos.example(), 1 << 14))).contains(EXAMPLE);
  }

  @Test
  void whatFollowsTheHelloInTheSameReadIsLeftAlone() {
    byte[] read =
        Hellos.joined(Hellos.records(Hellos.example(), 1 << 14), Hellos.bytes("140303000101"));
    assertThat(tapped(read)).contains(EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 17, 100})
  void recordsAndReadsMayCutItAnywhere(int most) {
    byte[] records = Hellos.records(Hellos.example(), most);
    assertThat(tapped(records)).contains(EXAMPLE);
    var reads = new byte[records.length][];
    for (int i = 0; i < records.length; i++) {
      reads[i] = new byte[] {records[i]};
    }
    assertThat(tapped(reads)).as("octet by octet").contains(EXAMPLE);
  }

  @ParameterizedTest
  @CsvSource({
    "6832, h2",
    "687474702f312e31, h1",
    "61, aa",
    "ab, ab",
    "abcd, ad",
    "30ab, 3b",
    "3031abcd, 3d",
    "30abcd31, 01"
  })
  void theProtocolIsShownByItsFirstAndLastCharacterOrDigit(String protocol, String shown) {
    assertThat(of(new Hellos().alpn(Hellos.bytes(protocol)))).startsWith("t12i0101" + shown + "_");
  }

  @Test
  void whatIsMissingIsShownAsZeroes() {
    assertThat(of(new Hellos())).startsWith("t12i010000_").endsWith("_000000000000");
    assertThat(of(new Hellos().withoutExtensions())).endsWith("_000000000000");
    assertThat(of(new Hellos().ciphers("1a1a"))).startsWith("t12i000000_000000000000_");
    assertThat(of(new Hellos().alpn(new byte[0]))).startsWith("t12i010100_");
    assertThat(of(new Hellos().extension(0x0010, Hellos.bytes("0000")))).startsWith("t12i010100_");
  }

  @Test
  void extensionsWithoutSignatureAlgorithmsAreHashedAlone() {
    var hello = new Hellos();
    for (String type :
        "0005,000a,000b,000d,0012,0015,0017,001b,0023,002d,0033,4469,ff01".split(",")) {
      int number = Integer.parseInt(type, 16);
      hello.extension(number, number == 0x000d ? Hellos.bytes("0000") : new byte[0]);
    }
    hello.extension(0x002b, Hellos.bytes("020304"));
    assertThat(of(hello)).endsWith("_6d807ffa2a79");
  }

  @ParameterizedTest
  @CsvSource({"0300, s3", "0301, 10", "0302, 11", "0303, 12", "0002, s2", "7f1c, 00"})
  void withoutSupportedVersionsTheOldFieldTellsTheVersion(String version, String shown) {
    assertThat(of(new Hellos().version(Integer.parseInt(version, 16)).withoutExtensions()))
        .startsWith("t" + shown + "i");
  }

  @Test
  void moreThanNinetyNineCiphersAreShownAsNinetyNine() {
    String many = String.join(",", java.util.Collections.nCopies(120, "c02b"));
    assertThat(of(new Hellos().ciphers(many))).startsWith("t12i9900");
  }

  @Test
  void theOrderOfCiphersAndExtensionsSaysNothingAndThatOfSignaturesDoes() {
    byte[] nothing = {};
    var one = new Hellos().ciphers("1301,1302").extension(5, nothing).extension(23, nothing);
    var other = new Hellos().ciphers("1302,1301").extension(23, nothing).extension(5, nothing);
    assertThat(of(one)).isEqualTo(of(other));
    assertThat(of(new Hellos().signatures("0403,0804")))
        .isNotEqualTo(of(new Hellos().signatures("0804,0403")));
  }

  @Test
  void aHelloCutOffAnywhereHasNone() {
    byte[] message = Hellos.example();
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThat(tapped(Hellos.records(cut, 1 << 14))).isEmpty();
      if (length >= 4) {
        // the message's own length cut too: now only the lengths inside lie
        cut[1] = (byte) (length - 4 >> 16);
        cut[2] = (byte) (length - 4 >> 8);
        cut[3] = (byte) (length - 4);
        boolean isOldForm = length == 4 + 2 + 32 + 33 + 2 + 32 + 2;
        assertThat(tapped(Hellos.records(cut, 1 << 14)).isPresent()).isEqualTo(isOldForm);
      }
    }
  }

  @Test
  void anyOctetMayBeWrongAndNothingBreaks() {
    byte[] records = Hellos.records(Hellos.example(), 200);
    for (int at = 0; at < records.length; at++) {
      for (int wrong : new int[] {0, 1, 0x7f, 0xff}) {
        byte[] altered = records.clone();
        altered[at] = (byte) wrong;
        tapped(altered);
      }
    }
    var random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      tapped(noise);
      tapped(Hellos.records(Hellos.joined(new byte[] {1, 0, 1, 0}, noise), 300));
    }
  }

  @Test
  void aHelloLongerThanAnyRealOneHasNone() {
    byte[] fits = new Hellos().extension(0x0015, new byte[16_000]).message();
    assertThat(tapped(Hellos.records(fits, 1 << 14))).isPresent();
    byte[] tooLong = new Hellos().extension(0x0015, new byte[17_000]).message();
    assertThat(tapped(Hellos.records(tooLong, 1 << 14))).isEmpty();
    assertThat(tapped(Hellos.bytes("16030140000100ffffff"))).isEmpty();
  }

  @Test
  void otherThingsThanHellosHaveNone() {
    assertThat(tapped("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(tapped(Hellos.bytes("16030100041000000c"))).as("another message").isEmpty();
    assertThat(tapped(Hellos.bytes("1603010000"), Hellos.records(Hellos.example(), 1 << 14)))
        .as("an empty record")
        .isEmpty();
  }
}
