/**
 * Laws and contracts as data, anchor facts, and the clocks that follow from them. Its computation
 * is free of I/O and of clocks.
 *
 * <p>Start reading at {@code ObligationDesk}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.obligation;
