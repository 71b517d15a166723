package dev.portcullis.gate.authn;

import dev.portcullis.config.TokenIssuerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringTokenizer;
import tools.jackson.databind.JsonNode;

/**
 * What a verified token must claim (RFC 9068 §4, RFC 8725 §3.8 to §3.12).
 *
 * @param tokenId {@code jti}
 * @param sessionId {@code sid}, where it is a text
 * @param until when it stops being accepted: {@code exp} and the tolerated skew
 */
record ClaimRules(
    String account,
    Set<String> scopes,
    Optional<String> tokenId,
    Optional<String> sessionId,
    Instant until) {
  /** Most that a clock may be off, whatever is configured. */
  static final Duration MAX_SKEW = Duration.ofSeconds(60);

  /** Claims that only ID tokens have (OpenID Connect Core §2): those are not for us. */
  private static final List<String> ID_TOKEN_MARKS = List.of("nonce", "at_hash", "c_hash");

  private static final double LATEST = 253_402_300_799.0; // 9999-12-31T23:59:59Z
  private static final int MAX_ACCOUNT = 128; // characters

  static ClaimRules check(JsonNode claims, TokenIssuerSettings issuer, Instant now)
      throws TokenRefusedException {
    for (String mark : ID_TOKEN_MARKS) {
      refuseIf(claims.has(mark), "id-token");
    }
    // bound to a key of its holder (RFC 7800): as a mere bearer it may be stolen goods
    refuseIf(claims.has("cnf"), "sender-constrained-token");
    refuseIf(!texts(claims.path("aud")).contains(issuer.audience()), "wrong-audience");
    Duration skew = issuer.clockSkew().compareTo(MAX_SKEW) < 0 ? issuer.clockSkew() : MAX_SKEW;
    Instant until =
        time(claims, "exp")
            .orElseThrow(() -> new TokenRefusedException("missing-expiry"))
            .plus(skew);
    refuseIf(!now.isBefore(until), "expired-token");
    refuseIf(isAfter(time(claims, "nbf"), now.plus(skew)), "premature-token");
    refuseIf(isAfter(time(claims, "iat"), now.plus(skew)), "future-token");
    Optional<String> tokenId = Optional.empty();
    if (claims.has("jti")) {
      tokenId = claims.path("jti").stringValueOpt().filter(id -> !id.isEmpty());
      refuseIf(tokenId.isEmpty(), "malformed-claim");
    }
    String account = claims.path(issuer.accountClaim()).stringValueOpt().orElse("");
    refuseIf(account.isEmpty() || account.length() > MAX_ACCOUNT, "missing-account");
    Optional<String> sessionId = claims.path("sid").stringValueOpt().filter(id -> !id.isEmpty());
    return new ClaimRules(account, scopes(claims), tokenId, sessionId, until);
  }

  private static boolean isAfter(Optional<Instant> time, Instant latest) {
    return time.isPresent() && time.get().isAfter(latest);
  }

  /** A NumericDate (RFC 7519 §2); fractions are cut off. */
  private static Optional<Instant> time(JsonNode claims, String name) throws TokenRefusedException {
    if (!claims.has(name)) {
      return Optional.empty();
    }
    OptionalDouble seconds =
        claims.path(name).isNumber() ? claims.path(name).doubleValueOpt() : OptionalDouble.empty();
    double value = seconds.orElse(-1);
    refuseIf(!(value >= 0 && value <= LATEST), "malformed-claim");
    return Optional.of(Instant.ofEpochSecond((long) value));
  }

  private static Set<String> scopes(JsonNode claims) {
    JsonNode scope = claims.has("scope") ? claims.path("scope") : claims.path("scp");
    var words = new HashSet<String>();
    for (String text : texts(scope)) {
      var tokens = new StringTokenizer(text, " ");
      while (tokens.hasMoreTokens()) {
        words.add(tokens.nextToken());
      }
    }
    return Set.copyOf(words);
  }

  /** One text, or the texts of an array. */
  private static List<String> texts(JsonNode node) {
    return node.isArray()
        ? node.values().stream().flatMap(item -> item.stringValueOpt().stream()).toList()
        : node.stringValueOpt().stream().toList();
  }

  private static void refuseIf(boolean isWrong, String reason) throws TokenRefusedException {
    if (isWrong) {
      throw new TokenRefusedException(reason);
    }
  }
}
