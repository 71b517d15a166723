package dev.portcullis.config;

import java.util.Set;

/**
 * A principal known by name. Its credentials live in the store, never in the file.
 *
 * @param scopes what it may do
 * @param isProtected automatic orders never touch it; YAML: {@code protected: true}
 */
public record AccountSettings(String name, Set<String> scopes, boolean isProtected) {}
