package dev.portcullis.identity;

import dev.portcullis.config.CredentialKind;
import java.util.Set;

/**
 * Who is asking, as authenticated.
 *
 * @param credential id of the credential, never the credential
 * @param account it belongs to
 * @param scopes that it carries
 */
public record Principal(
    String credential, String account, CredentialKind kind, Set<String> scopes) {}
