package dev.portcullis.identity;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * The part of a client's address that stands for one client: all of an IPv4 address, the /64 of an
 * IPv6 address, since one household or one rented server commands a whole /64 (RFC 6177).
 */
public final class SourcePrefix {
  private static final int IPV6_PREFIX_BYTES = 8;

  private SourcePrefix() {}

  /** Of a numeric address; anything else comes back as it is. Never asks a name server. */
  public static String of(String source) {
    if (source.indexOf(':') < 0) {
      return source;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(source);
      byte[] bytes = address.getAddress();
      return bytes.length <= IPV6_PREFIX_BYTES
          ? address.getHostAddress()
          : HexFormat.ofDelimiter(":").formatHex(bytes, 0, IPV6_PREFIX_BYTES) + "::/64";
    } catch (IllegalArgumentException notAnAddress) {
      return source;
    }
  }
}
