/**
 * Assets with recovery objectives, backups to an offsite destination, and restores that are
 * verified by content (NIST SP 800-34).
 *
 * <p>Start reading at {@code RecoveryDesk}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.recover;
