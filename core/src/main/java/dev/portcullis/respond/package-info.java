/**
 * Containment orders with preview, budget and inverse, and the playbooks that lead a response. May
 * depend on {@code incident}, {@code journal}, {@code gate.blocklist}.
 *
 * <p>Start reading at {@code Containment} and {@code Responder}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.respond;
