package dev.portcullis.identity;

import dev.portcullis.config.CredentialKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A credential as listed to people: never the secret.
 *
 * @param id such as {@code key-4f2a9c1b} or {@code password-alice}
 */
public record Credential(
    String id,
    String account,
    CredentialKind kind,
    Instant createdAt,
    Optional<Instant> expiresAt) {}
