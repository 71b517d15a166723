package dev.portcullis.gate.authn;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a token's header may say (RFC 8725). {@code jku}, {@code x5u}, {@code jwk} and {@code x5c}
 * are not read at all (§3.10): keys come from the configuration.
 *
 * @param algorithm compared with the allow-list and with the key's own later
 * @param keyId an opaque word, looked up in a map and nowhere else
 */
record HeaderRules(String algorithm, Optional<String> keyId) {
  private static final int MAX_KEY_ID = 256; // characters
  private static final Set<String> ACCESS_TOKEN_TYPES =
      Set.of("jwt", "at+jwt", "application/at+jwt");

  static HeaderRules check(JsonNode header) throws TokenRefusedException {
    // we understand no extension, so every critical one is unknown (RFC 7515 §4.1.11)
    refuseIf(header.has("crit"), "unknown-critical-header");
    refuseIf(header.has("b64"), "unencoded-token");
    refuseIf(header.has("zip"), "compressed-token");
    refuseIf(header.has("enc"), "encrypted-token");
    refuseIf(
        header.has("cty") && !text(header, "cty").toLowerCase(Locale.ROOT).equals("json"),
        "nested-token");
    refuseIf(
        header.has("typ")
            && !ACCESS_TOKEN_TYPES.contains(text(header, "typ").toLowerCase(Locale.ROOT)),
        "wrong-type");
    Optional<String> keyId = Optional.empty();
    if (header.has("kid")) {
      String id = text(header, "kid");
      refuseIf(id.length() > MAX_KEY_ID, "unknown-token-key");
      keyId = Optional.of(id);
    }
    refuseIf(!header.path("alg").isString(), "bad-algorithm");
    return new HeaderRules(text(header, "alg"), keyId);
  }

  private static String text(JsonNode header, String name) throws TokenRefusedException {
    return header
        .path(name)
        .stringValueOpt()
        .orElseThrow(() -> new TokenRefusedException("malformed-token"));
  }

  private static void refuseIf(boolean isWrong, String reason) throws TokenRefusedException {
    if (isWrong) {
      throw new TokenRefusedException(reason);
    }
  }
}
