/**
 * Containment orders in force, as immutable data that the request path reads without a lock.
 *
 * <p>Start reading at {@code Blocklist}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.blocklist;
