/**
 * Composition root: wires every part by hand, starts and stops them in order, and answers for the
 * node's health. The only package that knows all others.
 *
 * <p>Start reading at {@code Node}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.app;
