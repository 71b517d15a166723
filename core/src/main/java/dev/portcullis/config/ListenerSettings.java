package dev.portcullis.config;

import java.util.Optional;

/**
 * Where requests enter. YAML: {@code - {name: public, address: 0.0.0.0:8443, tls: {...}}}.
 *
 * @param name in metrics and logs
 * @param address to bind
 * @param tls absent: plain text
 */
public record ListenerSettings(String name, Endpoint address, Optional<TlsSettings> tls) {}
