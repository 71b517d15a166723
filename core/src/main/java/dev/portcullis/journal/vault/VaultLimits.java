package dev.portcullis.journal.vault;

import java.time.Duration;

/**
 * Bounds of the vault.
 *
 * @param cached data subjects kept at hand with their pseudonyms, in clear, in memory alone
 * @param cachedLength longer subjects are not kept at hand, in characters
 * @param pending first-time pseudonyms of one transaction; beyond it an early commit is made
 * @param bytes of the file; beyond it the vault counts as full
 * @param patience with another process that has locked the file
 */
record VaultLimits(int cached, int cachedLength, int pending, long bytes, Duration patience) {
  static final VaultLimits DEFAULT =
      new VaultLimits(65_536, 128, 16_384, 1L << 40, Duration.ofSeconds(1));
}
