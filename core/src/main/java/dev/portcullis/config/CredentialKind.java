package dev.portcullis.config;

/** What authenticates. YAML: {@code api-key}, {@code password}, {@code token}. */
public enum CredentialKind {
  API_KEY,
  PASSWORD,
  TOKEN
}
