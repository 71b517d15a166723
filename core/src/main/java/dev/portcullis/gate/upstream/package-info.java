/**
 * Connections to the guarded API, pooled per event loop.
 *
 * <p>Start reading at {@code UpstreamPool}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.upstream;
