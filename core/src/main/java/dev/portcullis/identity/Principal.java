package dev.portcullis.identity;

import dev.portcullis.config.CredentialKind;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asking, as authenticated.
 *
 * @param credential id of the credential, never the credential
 * @param account it belongs to
 * @param scopes that it carries
 * @param session hash of what ties the tokens of one login together, 8 characters of base64url;
 *     empty for credentials that know no login
 */
public record Principal(
    String credential,
    String account,
    CredentialKind kind,
    Set<String> scopes,
    Optional<String> session) {
  /** Who is asking with a credential that knows no login: a key or a password. */
  public Principal(String credential, String account, CredentialKind kind, Set<String> scopes) {
    this(credential, account, kind, scopes, Optional.empty());
  }
}
