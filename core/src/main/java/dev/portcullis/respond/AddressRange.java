package dev.portcullis.respond;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address or a network in CIDR notation (RFC 4632, RFC 4291 §2.3), host bits cleared. An IPv6
 * address that maps an IPv4 one is that IPv4 one.
 */
final class AddressRange {
  /** A network wider than this many IPv4 bits is blocked only by a person. */
  static final int WIDEST_V4 = 8;

  /** The same for IPv6. */
  static final int WIDEST_V6 = 16;

  private static final Pattern V4 =
      Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** Empty when it is neither an address nor a network. No name is ever resolved. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    byte[] network = address.get();
    int bits = network.length * 8;
    if (slash < 0) {
      return Optional.of(new AddressRange(network, bits));
    }
    String length = text.substring(slash + 1);
    if (!PREFIX.matches(length) || Integer.parseInt(length) > bits) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(length);
    for (int bit = prefix; bit < bits; bit++) {
      network[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return Optional.of(new AddressRange(network, prefix));
  }

  private static Optional<byte[]> address(String text) {
    if (!V4.matches(text) && !V6.matches(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether that address lies in it; false when it is none. */
  boolean contains(String source) {
    Optional<byte[]> parsed = address(source);
    if (parsed.isEmpty() || parsed.get().length != network.length) {
      return false;
    }
    byte[] address = parsed.get();
    int whole = prefix / 8;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = prefix % 8;
    return rest == 0
        || (address[whole] & 0xff) >> (8 - rest) == (network[whole] & 0xff) >> (8 - rest);
  }

  /** Whether only a person may block it. */
  boolean isTooWide() {
    return prefix < (network.length == 4 ? WIDEST_V4 : WIDEST_V6);
  }

  /** The one spelling of it, without {@code /32} or {@code /128}. */
  @Override
  public String toString() {
    try {
      String address = InetAddress.getByAddress(network).getHostAddress();
      return prefix == network.length * 8 ? address : address + "/" + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has 4 or 16 bytes", e);
    }
  }
}
