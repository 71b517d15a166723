package dev.portcullis.config;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * A trusted issuer of JWT access tokens.
 *
 * @param issuer compared with {@code iss} as an exact string (RFC 8725 §3.8)
 * @param audience must be a member of {@code aud} (RFC 8725 §3.9)
 * @param keys the JWK set: a {@code file:} or {@code https:} URI
 * @param algorithms allowed signature algorithms, such as {@code ES256}; never {@code none} or
 *     {@code HS*}
 * @param accountClaim the claim that names the account; default {@code sub}
 * @param clockSkew tolerated on {@code exp}, {@code nbf}, {@code iat}; at most 60 s
 */
public record TokenIssuerSettings(
    String issuer,
    String audience,
    URI keys,
    Set<String> algorithms,
    String accountClaim,
    Duration clockSkew) {}
