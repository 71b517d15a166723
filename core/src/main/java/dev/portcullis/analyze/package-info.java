/**
 * Log analysis: what an API's existing access logs tell about breaches, with the same detectors and
 * the same inspection as the gate, before the gate stands in the path.
 *
 * <p>Files are read in pieces that many threads parse; what may matter to a detector is folded in
 * order by one. Bounded memory whatever the size. May depend on {@code journal}'s records, {@code
 * detect}, {@code gate.inspect} and {@code config}.
 *
 * <p>Start reading at {@code Analyzer}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.analyze;
