package dev.portcullis.gate.blocklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import dev.portcullis.gate.blocklist.Restriction.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders match exactly whom they name. */
class SnapshotBlocklistTest {
  private static SnapshotBlocklist blocking(String target) {
    var blocklist = new SnapshotBlocklist();
    blocklist.replace(List.of(new Restriction("ORD-1", Kind.BLOCK_SOURCE, target)));
    return blocklist;
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.2.3/32, 10.1.2.3, true",
    "10.1.2.3/32, 10.1.2.2, false",
    "10.1.2.3/31, 10.1.2.2, true",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, 2001:db8:0:0:0:0:0:1, false",
    "2001:db8::/32, 2001:db8:0:0:0:0:0:1, true",
    "2001:db8::/32, 2001:db9:0:0:0:0:0:1, false",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
    "t13d1516h2, t13d1516h2, true",
    "10.0.0.1/nonsense, 10.0.0.1, true",
    "10.0.0.1/nonsense, 10.0.0.2, false",
  })
  void sourcesAreAddressesOrNetworks(String target, String source, boolean blocked) {
    assertThat(blocking(target).match(source, "r", "GET").isPresent()).isEqualTo(blocked);
  }

  @Test
  void aNetworkHoldsExactlyTheAddressesWithItsPrefix() {
    qt().forAll(integers().all(), integers().all(), integers().between(0, 32))
        .checkAssert((network, address, bits) -> {
          boolean inside = bits == 0 || (network ^ address) >>> (32 - bits) == 0;
          assertThat(
                  blocking(text(network) + "/" + bits).match(text(address), "r", "GET").isPresent())
              .isEqualTo(inside);
        });
  }

  private static String text(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 255)
        + "."
        + (address >>> 8 & 255)
        + "."
        + (address & 255);
  }

  @Test
  void theNextLookSeesTheNewOrdersAndNoneOfTheOld() {
    var blocklist = new SnapshotBlocklist();
    blocklist.replace(List.of(new Restriction("ORD-1", Kind.REVOKE_CREDENTIAL, "key-1")));
    assertThat(blocklist.match("key-1", "alice")).map(Restriction::order).contains("ORD-1");
    blocklist.replace(List.of(new Restriction("ORD-2", Kind.SUSPEND_ACCOUNT, "bob")));
    assertThat(blocklist.match("key-1", "alice")).isEmpty();
    assertThat(blocklist.match("key-2", "bob")).map(Restriction::order).contains("ORD-2");
  }
}
