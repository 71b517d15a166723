/**
 * Which systems, data classes and data subjects an incident reached, since when, and what was
 * written: read from the journal, not estimated (GDPR Art. 33(3)).
 *
 * <p>Start reading at {@code ScopeDesk}, then {@code Criteria}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.scope;
