/** Portcullis: one node that guards an API. Start reading at {@code app} and {@code gate}. */
@org.jspecify.annotations.NullMarked
package dev.portcullis;
