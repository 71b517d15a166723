/**
 * The case: correlated signals, a lifecycle after NIST SP 800-61r3, and an append-only timeline.
 * May depend on {@code detect}'s records and {@code store}.
 *
 * <p>Start reading at {@code IncidentDesk}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.incident;
