package dev.portcullis.config;

import java.net.URI;
import java.time.Duration;

/**
 * A guarded API. YAML: {@code - {name: clinic, url: "http://127.0.0.1:9090", connect-timeout: 2s,
 * response-timeout: 30s, connections: 256}}.
 *
 * @param url scheme http or https, host, port; no path
 * @param connectTimeout until a connection stands
 * @param responseTimeout from the request's last byte to the response's head, and between two reads
 *     of its body
 * @param connections bound of open connections over all event loops
 */
public record UpstreamSettings(
    String name, URI url, Duration connectTimeout, Duration responseTimeout, int connections) {}
