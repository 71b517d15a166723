package dev.portcullis.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;
import org.quicktheories.core.Gen;

/** Addresses and networks as people write them. */
class AddressRangeTest implements WithQuickTheories {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7/32, 192.0.2.7",
    "192.0.2.7/24, 192.0.2.0/24",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:db8::7, 2001:db8:0:0:0:0:0:7",
    "2001:DB8::7/32, 2001:db8:0:0:0:0:0:0/32",
    "::ffff:192.0.2.7, 192.0.2.7"
  })
  void oneNetworkHasOneSpelling(String written, String kept) {
    assertThat(AddressRange.parse(written)).map(AddressRange::toString).contains(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.com",
        "10.0.0",
        "10",
        "256.1.1.1",
        "1.2.3.4/33",
        "1.2.3.4/",
        "1.2.3.4/08",
        "1.2.3.4/-1",
        "1.2.3.4/ 8",
        "::1/129",
        "fe80::1%eth0",
        "[::1]",
        "1.2.3.4:80",
        ":::",
        "/8",
        "1.2.3.4/8/8",
        "010.0.0.1x"
      })
  void anythingElseIsRefusedAndNoNameIsResolved(String written) {
    assertThat(AddressRange.parse(written)).isEmpty();
  }

  @Test
  void aNetworkContainsExactlyTheAddressesThatShareItsPrefix() {
    qt().forAll(addresses(), addresses(), integers().between(0, 128), booleans().all())
        .checkAssert((network, other, length, near) -> {
          int bits = network.length * 8;
          int prefix = Math.min(length, bits);
          byte[] candidate =
              near && other.length == network.length ? mixed(network, other, prefix) : other;
          boolean expected =
              candidate.length == network.length
                  && new BigInteger(1, candidate)
                      .shiftRight(bits - prefix)
                      .equals(new BigInteger(1, network).shiftRight(bits - prefix));
          var range = AddressRange.parse(text(network) + "/" + prefix).orElseThrow();
          assertThat(range.contains(text(candidate))).isEqualTo(expected);
          assertThat(AddressRange.parse(range.toString()).orElseThrow())
              .hasToString(range.toString());
        });
  }

  /** The first bits of the one, the rest of the other. */
  private static byte[] mixed(byte[] network, byte[] other, int prefix) {
    byte[] mixed = other.clone();
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      mixed[bit / 8] = (byte) ((mixed[bit / 8] & ~mask) | (network[bit / 8] & mask));
    }
    return mixed;
  }

  private Gen<byte[]> addresses() {
    return lists()
        .of(integers().between(0, 255))
        .ofSizeBetween(16, 16)
        .zip(
            booleans().all(),
            (bytes, four) -> {
              byte[] all = new byte[16];
              for (int index = 0; index < 16; index++) {
                all[index] = bytes.get(index).byteValue();
              }
              // Not the range that maps IPv4.
              all[0] = four ? all[0] : 0x20;
              return four ? Arrays.copyOf(all, 4) : all;
            });
  }

  private static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
