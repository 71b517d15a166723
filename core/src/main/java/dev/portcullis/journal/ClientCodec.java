package dev.portcullis.journal;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is known of a client, as bytes: {@code docs/journal-format.md}, "Client". */
final class ClientCodec {
  static final int FINGERPRINT = 1;
  static final int USER_AGENT = 1 << 1;
  static final int SESSION = 1 << 2;

  /** Ten characters, then two hashes of 48 bits. */
  private static final Pattern JA4 = Pattern.compile("[a-z0-9]{10}_[0-9a-f]{12}_[0-9a-f]{12}");

  private static final int LITERAL = 0;
  private static final int PACKED = 1;
  private static final int PREFIX = 10;
  private static final int HASH = 6;
  private static final HexFormat HEX = HexFormat.of();

  private ClientCodec() {}

  static int flags(Client client) {
    return (client.fingerprint().isPresent() ? FINGERPRINT : 0)
        | (client.userAgent().isPresent() ? USER_AGENT : 0)
        | (client.session().isPresent() ? SESSION : 0);
  }

  static void encode(Client client, ByteSink out) {
    client.fingerprint().ifPresent(fingerprint -> fingerprint(fingerprint, out));
    client.userAgent().ifPresent(hash -> PseudonymCodec.encode(new Pseudonym(hash), out));
    client.session().ifPresent(hash -> PseudonymCodec.encode(new Pseudonym(hash), out));
  }

  private static void fingerprint(String text, ByteSink out) {
    if (!JA4.matcher(text).matches()) {
      out.put(LITERAL);
      out.putString(text);
      return;
    }
    out.put(PACKED);
    for (int i = 0; i < PREFIX; i++) {
      out.put(text.charAt(i));
    }
    out.put(HEX.parseHex(text, PREFIX + 1, PREFIX + 1 + 2 * HASH), 0, HASH);
    out.put(HEX.parseHex(text, PREFIX + 2 + 2 * HASH, text.length()), 0, HASH);
  }

  static Client decode(ByteSource in, int flags) {
    if ((flags & (FINGERPRINT | USER_AGENT | SESSION)) == 0) {
      return Client.UNKNOWN;
    }
    Optional<String> fingerprint =
        (flags & FINGERPRINT) == 0 ? Optional.empty() : Optional.of(fingerprint(in));
    return new Client(fingerprint, hash(in, flags & USER_AGENT), hash(in, flags & SESSION));
  }

  private static Optional<String> hash(ByteSource in, int flag) {
    return flag == 0 ? Optional.empty() : Optional.of(PseudonymCodec.decode(in).value());
  }

  private static String fingerprint(ByteSource in) {
    int form = in.get();
    return switch (form) {
      case LITERAL -> in.getString();
      case PACKED -> {
        var text = new StringBuilder(PREFIX + 2 + 4 * HASH);
        for (byte letter : in.get(PREFIX)) {
          text.append((char) (letter & 0x7f));
        }
        text.append('_').append(HEX.formatHex(in.get(HASH)));
        yield text.append('_').append(HEX.formatHex(in.get(HASH))).toString();
      }
      default -> throw new JournalException("A fingerprint of form " + form + " (expected: 0, 1)");
    };
  }
}
