package dev.portcullis.gate.authn;

import dev.portcullis.crypto.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Names the login that a token comes from, so that tokens of one login can be seen to belong
 * together, by a hash under a key of the node: whoever reads the journal must not be able to end or
 * take over a session with what stands there.
 */
final class Sessions {
  private static final int HASH_BYTES = 6;

  private final KeyedHash hash;

  Sessions(KeyedHash hash) {
    this.hash = hash;
  }

  /**
   * Eight characters of base64url: of the token's {@code sid} (OpenID Connect Front-Channel Logout
   * 1.0 §3), which all tokens of one login share, or else of its own {@code jti}; empty if it has
   * neither.
   */
  Optional<String> of(String issuer, ClaimRules claims) {
    return claims
        .sessionId()
        .map(id -> "sid|" + id)
        .or(() -> claims.tokenId().map(id -> "jti|" + id))
        .map(id -> hashed(issuer + "|" + id));
  }

  private String hashed(String text) {
    byte[] whole = hash.hash(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, HASH_BYTES));
  }
}
