/**
 * The vault: the only link between data subjects and their pseudonyms, one row a person, so that a
 * person can be forgotten (GDPR Art. 17) while the journal's tree stays as it is. May depend on
 * {@code journal} and {@code crypto}.
 *
 * <p>Start reading at {@code SubjectVault}; {@code Shards} tells why forgetting is more than
 * deleting.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.journal.vault;
