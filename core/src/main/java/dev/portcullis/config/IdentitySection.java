package dev.portcullis.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of {@code accounts} and {@code authentication}. */
final class IdentitySection {
  private static final List<String> ALGORITHMS =
      List.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  /** RFC 8725 §3.1, §3.2: pinned by us, never taken from the token, never symmetric. */
  private static final Text<String> ALGORITHM =
      Text.of(
          "one of " + String.join(", ", ALGORITHMS),
          text -> {
            if (text.equalsIgnoreCase("none")) {
              throw new Mistake("lets unsigned tokens in: anybody could write one (RFC 8725)");
            }
            if (text.toUpperCase(java.util.Locale.ROOT).startsWith("HS")) {
              throw new Mistake(
                  "is symmetric: whoever can check a token could also make one (RFC 8725)");
            }
            if (!ALGORITHMS.contains(text)) {
              throw new Mistake("is unknown" + Nearest.hint(text, ALGORITHMS));
            }
            return text;
          });

  private IdentitySection() {}

  static AccountSettings account(Section section) {
    return new AccountSettings(
        section.required("name", Texts.ACCOUNT, ""),
        section.set("scopes", Texts.SCOPE),
        section.optional("protected", Texts.BOOL, false));
  }

  static AuthenticationSettings authentication(Section section) {
    return new AuthenticationSettings(section.sections("issuers", IdentitySection::issuer));
  }

  private static TokenIssuerSettings issuer(Section section) {
    Set<String> algorithms =
        section.requiredSet(
            "algorithms", ALGORITHM, "the algorithm the issuer signs with, such as [ES256]");
    return new TokenIssuerSettings(
        section.required("issuer", Texts.LINE, ""),
        section.required("audience", Texts.LINE, ""),
        section.required(
            "keys", Uris.keySet(NodeSection.directory(section)), URI.create("https://invalid")),
        algorithms,
        section.optional("account-claim", Texts.LINE, "sub"),
        section.optional(
            "clock-skew",
            Durations.between(Duration.ZERO, Duration.ofSeconds(60)),
            Duration.ofSeconds(30)));
  }
}
