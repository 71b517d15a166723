/**
 * What went out: the data subjects and data classes in a response, found while it streams.
 *
 * <p>Start reading at {@code ResponseObserver}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.observe;
