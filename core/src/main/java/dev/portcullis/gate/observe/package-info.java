/**
 * What a body carries: the data subjects and data classes in a response, or in a request, found
 * while it streams by, whatever its format and its content coding.
 *
 * <p>Start reading at {@code ObservationPlan}. A body's bytes go through a {@code Decoder} (if they
 * are encoded), then through a {@code DocumentReader} of their format, which tells a {@code Walk}
 * where in the document it is; the walk knows which JSON paths lead there.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.observe;
