/**
 * The path of a request. {@code Gate} shows it whole: the ordered controls, then forward, then
 * record. Knows {@code identity}, {@code journal} and {@code config}, and nothing of incidents;
 * containment reaches it as data through {@code gate.blocklist}.
 *
 * <p>Start reading at {@code Gate}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate;
