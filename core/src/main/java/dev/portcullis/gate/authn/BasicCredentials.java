package dev.portcullis.gate.authn;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Name and password of HTTP Basic (RFC 7617): base64 of UTF-8, split at the first colon, no control
 * characters.
 */
record BasicCredentials(String account, String password) {
  private static final int MAX_ACCOUNT = 128; // characters
  private static final int MAX_ENCODED = 8 << 10; // characters

  /** Empty unless written as the RFC says. */
  static Optional<BasicCredentials> parse(String encoded) {
    if (encoded.length() > MAX_ENCODED) {
      return Optional.empty();
    }
    String text;
    try {
      // a fresh decoder reports malformed UTF-8, unlike new String
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
              .toString();
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    if (colon < 1 || colon > MAX_ACCOUNT || text.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    return Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
  }

  /** Unambiguous, since an account has no colon. */
  byte[] together() {
    return (account + ":" + password).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "BasicCredentials";
  }
}
