/**
 * Who is asking: API key, password (HTTP Basic), OAuth 2.0 bearer token.
 *
 * <p>Start reading at {@code AuthenticationControl}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.authn;
