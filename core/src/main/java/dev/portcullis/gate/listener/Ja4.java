package dev.portcullis.gate.listener;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * JA4, the fingerprint of a TLS client (FoxIO, BSD 3-Clause): what kind of client it is, whatever
 * its address, and however it shuffles what it offers. Nothing of the JA4+ family is computed here.
 */
final class Ja4 {
  private static final HexFormat HEX = HexFormat.of();
  private static final String NOTHING = "000000000000";

  private Ja4() {}

  static String of(ClientHello hello) {
    return "t"
        + version(hello.version())
        + (hello.named() ? "d" : "i")
        + count(hello.ciphers().length)
        + count(hello.extensions().length)
        + protocol(hello.protocol())
        + "_"
        + hash(list(IntStream.of(hello.ciphers()).sorted()))
        + "_"
        + hash(extensions(hello));
  }

  private static String version(int version) {
    return switch (version) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  private static String count(int many) {
    int shown = Math.min(many, 99);
    return "" + (char) ('0' + shown / 10) + (char) ('0' + shown % 10);
  }

  private static String protocol(byte[] name) {
    if (name.length == 0) {
      return "00";
    }
    byte first = name[0];
    byte last = name[name.length - 1];
    if (isAlphanumeric(first) && isAlphanumeric(last)) {
      return "" + (char) first + (char) last;
    }
    return "" + HEX.toHighHexDigit(first) + HEX.toLowHexDigit(last);
  }

  private static boolean isAlphanumeric(byte octet) {
    return (octet >= '0' && octet <= '9')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z');
  }

  // Server name and protocol are in the first part; without them here the same client has the same
  // last part wherever it goes.
  private static String extensions(ClientHello hello) {
    String types =
        list(
            IntStream.of(hello.extensions())
                .filter(type -> type != ClientHello.SERVER_NAME && type != ClientHello.ALPN)
                .sorted());
    return types.isEmpty() || hello.signatures().length == 0
        ? types
        : types + "_" + list(IntStream.of(hello.signatures()));
  }

  private static String list(IntStream numbers) {
    return numbers
        .mapToObj(number -> HEX.toHexDigits((short) number))
        .collect(Collectors.joining(","));
  }

  private static String hash(String list) {
    if (list.isEmpty()) {
      return NOTHING;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.US_ASCII));
      return HEX.formatHex(digest, 0, NOTHING.length() / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
