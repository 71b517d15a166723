package dev.portcullis.recover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an asset's backups are doing.
 *
 * @param destinations each by itself
 * @param rule whether 3-2-1-1-0 is fulfilled
 * @param findings what is wrong, in words, with the way out; empty: nothing
 */
public record AssetBackups(
    String asset, List<DestinationState> destinations, RuleOfThree rule, List<String> findings) {

  /**
   * One destination of the asset's.
   *
   * @param lastGood when its newest recovery point was begun
   * @param lastTried when a backup into it was last begun
   * @param failure of the last try; empty: it went well
   * @param bytes of the asset at the last good backup
   * @param added bytes that the last good backup added, before compression
   * @param packed the same, after compression
   */
  public record DestinationState(
      String name,
      String place,
      Optional<Instant> lastGood,
      Optional<Instant> lastTried,
      Optional<String> failure,
      long bytes,
      long added,
      long packed) {}

  /**
   * 3-2-1-1-0: three copies (the live one counts) on two media, one of them offsite, one immutable,
   * and no error in the last proof by restore.
   *
   * @param copies the live one, and each destination with a recovery point
   * @param media kinds of media, the live one's disk included
   * @param offsite copies at another site
   * @param immutable copies that this node's credentials can't alter
   * @param proven whether the last restore was verified, and there was one
   * @param missing what is missing, in words; empty: fulfilled
   */
  public record RuleOfThree(
      int copies, int media, int offsite, int immutable, boolean proven, List<String> missing) {
    /** Whether nothing is missing. */
    public boolean fulfilled() {
      return missing.isEmpty();
    }
  }
}
