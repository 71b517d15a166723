package dev.portcullis.config;

import java.util.List;

/**
 * Where tokens come from.
 *
 * @param issuers trusted issuers of OAuth 2.0 access tokens (JWT, RFC 9068)
 */
public record AuthenticationSettings(List<TokenIssuerSettings> issuers) {}
