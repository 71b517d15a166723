/**
 * Connections from clients: TCP, TLS, HTTP/1.1, and the refusal of malformed messages (RFC 9112).
 *
 * <p>Start reading at {@code Listener}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.listener;
