package dev.portcullis.gate.authn;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.AuthenticationSettings;
import dev.portcullis.config.CredentialKind;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.gate.Control;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.identity.Credentials;
import dev.portcullis.identity.Credentials.KeyAnswer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Who is asking. Takes exactly one credential, of a kind that the route accepts: an API key, a
 * password (HTTP Basic, RFC 7617) or an access token (JWT, RFC 9068 and RFC 8725). A route that
 * accepts none is anonymous, and whatever is presented there is not looked at.
 */
public final class AuthenticationControl implements Control, AutoCloseable {
  private static final String NAME = "authentication";

  private final Credentials credentials;
  private final PasswordDoor passwords;
  private final TokenDoor tokens;
  private final Refusals refusals = new Refusals(NAME);

  /**
   * Starts fetching the issuers' keys; does not wait for them.
   *
   * @param accounts that a token may name
   * @param sessions for the names that logins have in the journal
   * @throws IllegalArgumentException if an issuer is configured unsafely
   */
  public AuthenticationControl(
      AuthenticationSettings settings,
      List<AccountSettings> accounts,
      Credentials credentials,
      KeyedHash sessions,
      InstantSource clock) {
    this(
        credentials,
        new PasswordDoor(credentials, clock, PasswordDoor.THREADS, PasswordDoor.QUEUE),
        new TokenDoor(
            settings.issuers(),
            accounts.stream().map(AccountSettings::name).collect(Collectors.toUnmodifiableSet()),
            clock,
            KeyDocuments.overTheNetwork(),
            sessions));
  }

  AuthenticationControl(Credentials credentials, PasswordDoor passwords, TokenDoor tokens) {
    this.credentials = credentials;
    this.passwords = passwords;
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Decision decide(GateRequest request) {
    if (request.route().authentication().isEmpty()) {
      return Decision.PASS;
    }
    return switch (Presented.in(request.head())) {
      case Presented.Nothing _ -> refuse(request, "missing-credential");
      case Presented.Unreadable unreadable -> refuse(request, unreadable.reason());
      case Presented.ApiKey key ->
          accepts(request, CredentialKind.API_KEY)
              ? conclude(request, apiKey(key.text()))
              : notAccepted(request);
      case Presented.Password password ->
          accepts(request, CredentialKind.PASSWORD)
              ? conclude(request, passwords.check(password.encoded(), request.head().source()))
              : notAccepted(request);
      case Presented.Token token ->
          accepts(request, CredentialKind.TOKEN)
              ? conclude(request, tokens.check(token.text()))
              : notAccepted(request);
    };
  }

  private Answer apiKey(String presented) {
    return switch (credentials.checkApiKey(presented)) {
      case KeyAnswer.Known known -> new Answer.Known(known.principal());
      case KeyAnswer.Unknown unknown -> new Answer.Refused(unknown.reason(), unknown.account());
    };
  }

  private Decision conclude(GateRequest request, CompletableFuture<Answer> answer) {
    return answer.isDone()
        ? conclude(request, answer.join())
        : new Decision.Later(answer.thenApply(late -> conclude(request, late)));
  }

  /**
   * May run on another thread than the request's event loop, which meanwhile leaves the request
   * alone and goes on after this.
   */
  private Decision conclude(GateRequest request, Answer answer) {
    return switch (answer) {
      case Answer.Known known -> {
        request.authenticated(known.principal());
        yield Decision.PASS;
      }
      case Answer.Refused refused -> {
        refused.account().ifPresent(request::claims);
        yield refuse(request, refused.reason());
      }
      case Answer.Throttled throttled -> {
        request.claims(throttled.account());
        yield refusals.throttled(throttled.pause());
      }
      case Answer.Unavailable unavailable ->
          refusals.unavailable(unavailable.reason(), unavailable.pause());
    };
  }

  private static boolean accepts(GateRequest request, CredentialKind kind) {
    return request.route().authentication().contains(kind);
  }

  private Decision notAccepted(GateRequest request) {
    return refuse(request, "credential-kind-not-accepted");
  }

  private Decision refuse(GateRequest request, String reason) {
    return refusals.unauthorized(request.route().authentication(), reason);
  }

  /** Stops its threads. */
  @Override
  public void close() {
    passwords.close();
    tokens.close();
  }
}
