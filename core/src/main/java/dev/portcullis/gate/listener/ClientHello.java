package dev.portcullis.gate.listener;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a ClientHello (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2) offers, as far as its fingerprint needs
 * it. GREASE values (RFC 8701), which say nothing, are left out.
 *
 * @param version the highest that is offered
 * @param named whether it names the server (SNI)
 * @param ciphers in the order offered
 * @param extensions their types, in the order sent
 * @param protocol the first application protocol; empty if none
 * @param signatures signature algorithms in the order offered
 */
record ClientHello(
    int version,
    boolean named,
    int[] ciphers,
    int[] extensions,
    byte[] protocol,
    int[] signatures) {
  static final int SERVER_NAME = 0x0000;
  static final int ALPN = 0x0010;

  private static final int SIGNATURE_ALGORITHMS = 0x000d;
  private static final int SUPPORTED_VERSIONS = 0x002b;
  private static final int RANDOM = 32;

  /** Reads a handshake message's body; empty for what is no ClientHello. */
  static Optional<ClientHello> read(byte[] bytes, int from, int to) {
    var in = new HelloOctets(bytes, from, to);
    int version = in.number();
    in.skip(RANDOM);
    in.shortVector(); // session id
    int[] ciphers = numbers(in.vector());
    in.shortVector(); // compression methods
    // SSL 3.0 and old TLS 1.0 clients end here
    var extensions = in.hasMore() ? in.vector() : new HelloOctets(bytes, to, to);
    return in.isBroken() || in.hasMore()
        ? Optional.empty()
        : extensions(version, ciphers, extensions);
  }

  private static Optional<ClientHello> extensions(int legacy, int[] ciphers, HelloOctets in) {
    var types = IntStream.builder();
    boolean sound = true;
    int version = legacy;
    boolean named = false;
    byte[] protocol = {};
    int[] signatures = {};
    while (in.hasMore()) {
      int type = in.number();
      var data = in.vector();
      if (!isGrease(type)) {
        types.add(type);
      }
      switch (type) {
        case SERVER_NAME -> named = true;
        case ALPN -> {
          var protocols = data.vector();
          if (protocols.hasMore()) {
            var first = protocols.shortVector();
            sound &= !first.isBroken();
            protocol = first.rest();
          }
          sound &= !protocols.isBroken();
        }
        case SUPPORTED_VERSIONS -> {
          var versions = data.shortVector();
          version = IntStream.of(numbers(versions)).max().orElse(legacy);
          sound &= !versions.isBroken();
        }
        case SIGNATURE_ALGORITHMS -> {
          var algorithms = data.vector();
          signatures = numbers(algorithms);
          sound &= !algorithms.isBroken();
        }
        default -> {}
      }
      sound &= !data.isBroken();
    }
    return sound && !in.isBroken()
        ? Optional.of(
            new ClientHello(version, named, ciphers, types.build().toArray(), protocol, signatures))
        : Optional.empty();
  }

  private static int[] numbers(HelloOctets in) {
    var numbers = IntStream.builder();
    while (in.hasMore()) {
      int number = in.number();
      if (!isGrease(number)) {
        numbers.add(number);
      }
    }
    return numbers.build().toArray();
  }

  private static boolean isGrease(int number) {
    return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
  }
}
