package dev.portcullis.api;

import java.util.List;
import java.util.Optional;

/** Credentials of the configured accounts. */
final class CredentialResource {
  private final Facades facades;

  CredentialResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "GET",
            "/api/v1/credentials",
            "all, no secrets",
            (r, p) -> facades.credentials().list()),
        new Endpoint("POST", "/api/v1/credentials", "issues an API key", (r, p) -> issue(r)),
        new Endpoint("POST", "/api/v1/passwords", "sets a password", (r, p) -> password(r)));
  }

  /**
   * A new credential.
   *
   * @param secret shown this once
   */
  record Issued(String id, String account, String secret) {}

  private Issued issue(ApiRequest request) {
    var key = facades.credentials().issueApiKey(request.text("account"), Optional.empty());
    return new Issued(key.credential().id(), key.credential().account(), key.secret());
  }

  private Object password(ApiRequest request) {
    return facades
        .credentials()
        .setPassword(request.text("account"), request.text("password").toCharArray());
  }
}
