/**
 * Assets with recovery objectives, backups to an offsite destination, and restores that are
 * verified by content (NIST SP 800-34). Knows {@code config} and {@code crypto} of ours.
 *
 * <p>Start reading at {@code RecoveryDesk}; {@code StoredRecoveryDesk} makes it, {@code
 * Restoration} is one restore from beginning to end. {@code AssetDriver} and {@code
 * BackupRepository} are the ports to what is backed up and to where.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.recover;
