/**
 * May they: scopes per route and method, denied by default.
 *
 * <p>Start reading at {@code AuthorisationControl}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.gate.authz;
