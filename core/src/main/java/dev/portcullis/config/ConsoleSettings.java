package dev.portcullis.config;

/**
 * The page and the API for people. YAML: {@code console: {address: 127.0.0.1:8444, tls:
 * self-signed}}.
 *
 * @param tls always on; self-signed by default
 */
public record ConsoleSettings(Endpoint address, TlsSettings tls) {}
