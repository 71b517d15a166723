/**
 * What routes may carry that nobody configured: samples of their responses are classified, and what
 * is found is proposed as configuration, never acted upon.
 *
 * <p>Start reading at {@code Samples}. Only counts are kept: of values, by path and kind.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.propose;
