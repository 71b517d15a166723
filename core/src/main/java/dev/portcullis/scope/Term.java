package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What an exchange must be to count: all of what is named here. The owner of a stolen credential
 * goes on using it from elsewhere, and a thief's address may be shared, so that a term usually
 * names more than one thing.
 *
 * @param credential id
 * @param account name
 * @param source address
 * @param fingerprint JA4
 * @param userAgent hash, as in {@link dev.portcullis.journal.Client}
 * @param session hash, as there
 * @param anonymous without a credential
 */
public record Term(
    Optional<String> credential,
    Optional<String> account,
    Optional<String> source,
    Optional<String> fingerprint,
    Optional<String> userAgent,
    Optional<String> session,
    boolean anonymous) {
  private static final Term EMPTY =
      new Term(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);

  static Term ofCredential(String credential) {
    return EMPTY.with(Optional.of(credential), EMPTY.source);
  }

  static Term ofPair(String credential, String source) {
    return EMPTY.with(Optional.of(credential), Optional.of(source));
  }

  static Term ofSource(String source) {
    return EMPTY.with(EMPTY.credential, Optional.of(source));
  }

  static Term ofAccount(String account) {
    return new Term(
        EMPTY.credential,
        Optional.of(account),
        EMPTY.source,
        EMPTY.fingerprint,
        EMPTY.userAgent,
        EMPTY.session,
        false);
  }

  static Term ofFingerprint(String fingerprint) {
    return new Term(
        EMPTY.credential,
        EMPTY.account,
        EMPTY.source,
        Optional.of(fingerprint),
        EMPTY.userAgent,
        EMPTY.session,
        false);
  }

  static Term ofSession(String session) {
    return new Term(
        EMPTY.credential,
        EMPTY.account,
        EMPTY.source,
        EMPTY.fingerprint,
        EMPTY.userAgent,
        Optional.of(session),
        false);
  }

  /** Exactly that use: that credential, or none, from there, by that client. */
  static Term ofUse(Use use) {
    return new Term(
        use.credential(),
        Optional.empty(),
        Optional.of(use.source()),
        use.fingerprint(),
        use.userAgent(),
        Optional.empty(),
        use.credential().isEmpty());
  }

  private Term with(Optional<String> newCredential, Optional<String> newSource) {
    return new Term(newCredential, account, newSource, fingerprint, userAgent, session, anonymous);
  }

  /** Which of its parts are set, as bits. */
  int shape() {
    return (credential.isPresent() ? 1 : 0)
        | (account.isPresent() ? 2 : 0)
        | (source.isPresent() ? 4 : 0)
        | (fingerprint.isPresent() ? 8 : 0)
        | (userAgent.isPresent() ? 16 : 0)
        | (session.isPresent() ? 32 : 0)
        | (anonymous ? 64 : 0);
  }

  /** The term of that shape that the exchange meets, if it has all that the shape asks for. */
  static Optional<Term> of(Exchange exchange, int shape) {
    var term =
        new Term(
            (shape & 1) == 0 ? Optional.empty() : exchange.credential(),
            (shape & 2) == 0 ? Optional.empty() : exchange.account(),
            (shape & 4) == 0 ? Optional.empty() : Optional.of(exchange.source()),
            (shape & 8) == 0 ? Optional.empty() : exchange.client().fingerprint(),
            (shape & 16) == 0 ? Optional.empty() : exchange.client().userAgent(),
            (shape & 32) == 0 ? Optional.empty() : exchange.client().session(),
            (shape & 64) != 0 && exchange.credential().isEmpty());
    return term.shape() == shape ? Optional.of(term) : Optional.empty();
  }

  /** Whether that exchange meets it. */
  public boolean matches(Exchange exchange) {
    return of(exchange, shape()).filter(this::equals).isPresent();
  }

  /** For people, such as {@code with credential key-1 from source 192.0.2.1}. */
  String words() {
    var words = new ArrayList<String>();
    credential.ifPresent(id -> words.add("with credential " + id));
    if (anonymous) {
      words.add("without a credential");
    }
    account.ifPresent(name -> words.add("of account " + name));
    source.ifPresent(address -> words.add("from source " + address));
    fingerprint.ifPresent(hash -> words.add("with TLS fingerprint " + hash));
    userAgent.ifPresent(hash -> words.add("with User-Agent " + hash));
    session.ifPresent(hash -> words.add("of session " + hash));
    boolean anyCredential = credential.isEmpty() && account.isEmpty() && !anonymous;
    return String.join(" ", words)
        + (source.isEmpty() && session.isEmpty() && fingerprint.isEmpty()
            ? ", from any source"
            : anyCredential && session.isEmpty() ? ", with any credential or none" : "");
  }
}
