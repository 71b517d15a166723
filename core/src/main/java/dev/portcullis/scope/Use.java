package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import java.util.Optional;

/**
 * Who used what from where, as far as the gate can tell one client from another.
 *
 * @param credential id; empty: without one
 * @param account it belongs to
 * @param source address
 * @param fingerprint JA4; empty where it is not known
 * @param userAgent hash; empty where it is not known
 */
record Use(
    Optional<String> credential,
    Optional<String> account,
    String source,
    Optional<String> fingerprint,
    Optional<String> userAgent) {

  static Use of(Exchange exchange) {
    return new Use(
        exchange.credential(),
        exchange.account(),
        exchange.source(),
        exchange.client().fingerprint(),
        exchange.client().userAgent());
  }

  /** What a client is told by, apart from its address. */
  record Software(Optional<String> fingerprint, Optional<String> userAgent) {
    boolean isKnown() {
      return fingerprint.isPresent();
    }

    /** Whether something that is known of both differs. */
    boolean differs(Software other) {
      return differ(fingerprint, other.fingerprint) || differ(userAgent, other.userAgent);
    }

    private static boolean differ(Optional<String> one, Optional<String> other) {
      return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    String words() {
      return "TLS fingerprint "
          + fingerprint.orElse("?")
          + userAgent.map(hash -> " and User-Agent " + hash).orElse("");
    }
  }

  Software software() {
    return new Software(fingerprint, userAgent);
  }

  /** Whether the two can be told apart. */
  boolean differs(Use other) {
    return !source.equals(other.source)
        || !credential.equals(other.credential)
        || software().differs(other.software());
  }

  /** Whose it is: the credential, else the address. */
  String principal() {
    return credential.orElse(source);
  }

  /** For people. */
  String words() {
    return credential.map(id -> "credential " + id).orElse("no credential") + " from " + source;
  }
}
