package dev.portcullis.journal;

import java.util.Optional;

/**
 * What tells one client from another behind the same address or credential: links between them are
 * pivots of a scope.
 *
 * @param fingerprint JA4 of the TLS handshake; empty without TLS
 * @param userAgent hash of the User-Agent header, 8 characters of base64url; empty without one
 * @param session hash of what ties tokens to one login, 8 characters of base64url; empty where the
 *     credential knows none
 */
public record Client(
    Optional<String> fingerprint, Optional<String> userAgent, Optional<String> session) {
  /** Nothing is known. */
  public static final Client UNKNOWN =
      new Client(Optional.empty(), Optional.empty(), Optional.empty());
}
