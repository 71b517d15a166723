package dev.portcullis.gate.authn;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * A JWT taken apart, believed in nothing: three segments of canonical base64url (RFC 7515 §3.1),
 * the first two JSON objects.
 *
 * @param signingInput what the signature is over
 */
record TokenText(JsonNode header, JsonNode claims, String signingInput, Base64URL signature) {
  /** Longest token, in characters. */
  static final int MAX_LENGTH = 8 << 10;

  static TokenText parse(String token) throws TokenRefusedException {
    if (token.length() > MAX_LENGTH) {
      throw new TokenRefusedException("oversized-token");
    }
    long dots = token.chars().filter(character -> character == '.').count();
    if (dots == 4) {
      throw new TokenRefusedException("encrypted-token");
    }
    if (dots != 2) {
      throw new TokenRefusedException("malformed-token");
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    String signature = token.substring(second + 1);
    decode(signature);
    return new TokenText(
        object(token.substring(0, first)),
        object(token.substring(first + 1, second)),
        token.substring(0, second),
        new Base64URL(signature));
  }

  private static JsonNode object(String segment) throws TokenRefusedException {
    return StrictJson.object(decode(segment))
        .orElseThrow(() -> new TokenRefusedException("malformed-token"));
  }

  private static byte[] decode(String segment) throws TokenRefusedException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(segment);
      // one spelling only: padding and stray trailing bits would give one token many texts
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(segment)) {
        return bytes;
      }
    } catch (IllegalArgumentException malformed) {
      // refused below
    }
    throw new TokenRefusedException("malformed-token");
  }

  byte[] signedBytes() {
    return signingInput.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "TokenText";
  }
}
