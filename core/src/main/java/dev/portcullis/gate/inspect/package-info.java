/**
 * What is in it: rules over path, query, headers and body that find injected code.
 *
 * <p>Start reading at {@code Inspection}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.inspect;
