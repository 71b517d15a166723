package dev.portcullis.gate.authn;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Verifies JWT access tokens as RFC 8725 says. No I/O; throws nothing for any text. */
final class TokenVerifier {
  private final Map<String, List<IssuerKeys>> issuers;
  private final Set<String> accounts;
  private final Sessions sessions;

  TokenVerifier(List<IssuerKeys> issuers, Set<String> accounts, Sessions sessions) {
    this.issuers =
        issuers.stream().collect(Collectors.groupingBy(keys -> keys.settings().issuer()));
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /** What a token says. */
  sealed interface Verdict {
    /**
     * It is good.
     *
     * @param until when it stops being so
     * @param keys in force when it was verified
     */
    record Good(Principal principal, Instant until, IssuerKeys issuer, KeySet keys)
        implements Verdict {}

    /** It is not. */
    record Bad(String reason, Optional<String> account) implements Verdict {}

    /** Its key is not in the issuer's set, as far as we have it. */
    record UnknownKey(IssuerKeys issuer) implements Verdict {}
  }

  Verdict verify(String token, Instant now) {
    try {
      TokenText text = TokenText.parse(token);
      HeaderRules header = HeaderRules.check(text.header());
      IssuerKeys issuer = issuerOf(text);
      if (!issuer.settings().algorithms().contains(header.algorithm())) {
        throw new TokenRefusedException("bad-algorithm");
      }
      KeySet keys = issuer.current();
      var key = keys.find(header.keyId(), header.algorithm());
      if (key.isEmpty()) {
        return new Verdict.UnknownKey(issuer);
      }
      if (!key.get().algorithm().equals(header.algorithm())) {
        throw new TokenRefusedException("bad-algorithm");
      }
      if (!key.get().hasSigned(text)) {
        throw new TokenRefusedException("bad-signature");
      }
      ClaimRules claims = ClaimRules.check(text.claims(), issuer.settings(), now);
      if (!accounts.contains(claims.account())) {
        return new Verdict.Bad("unknown-account", Optional.of(claims.account()));
      }
      var principal =
          new Principal(
              credentialId(issuer, claims, text),
              claims.account(),
              CredentialKind.TOKEN,
              claims.scopes(),
              sessions.of(issuer.settings().issuer(), claims));
      return new Verdict.Good(principal, claims.until(), issuer, keys);
    } catch (TokenRefusedException refused) {
      return new Verdict.Bad(refused.reason(), Optional.empty());
    }
  }

  /** By exact text (RFC 8725 §3.8); of two with the same issuer the one of the token's audience. */
  private IssuerKeys issuerOf(TokenText text) throws TokenRefusedException {
    List<IssuerKeys> named =
        text.claims().path("iss").stringValueOpt().map(issuers::get).orElse(List.of());
    if (named.isEmpty()) {
      throw new TokenRefusedException("wrong-issuer");
    }
    var audience = text.claims().path("aud");
    return named.stream()
        .filter(keys -> {
          String wanted = keys.settings().audience();
          return audience.stringValueOpt().filter(wanted::equals).isPresent()
              || audience.values().stream()
                  .anyMatch(item -> item.stringValueOpt().filter(wanted::equals).isPresent());
        })
        .findFirst()
        .orElse(named.getFirst());
  }

  /**
   * Of the token's {@code jti}, or else of what is signed: not of the signature, which with ECDSA
   * has more than one valid form, so that a revoked token would come back under another name.
   */
  private static String credentialId(IssuerKeys issuer, ClaimRules claims, TokenText text) {
    String what = claims.tokenId().orElse(text.signingInput());
    return "token-" + Digest.sha256(issuer.settings().issuer() + "|" + what).shortHex();
  }
}
