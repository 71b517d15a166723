package dev.portcullis.recover;

import java.nio.file.Path;
import java.util.List;

/**
 * What recovery needs from a kind of asset. Every method blocks and throws {@link
 * RecoveryException} with the place and the way out.
 */
interface AssetDriver {
  /** Where the asset lives, for people. */
  Path live();

  /** Copies the live asset as it is at one moment, while others go on using it, into a new file. */
  void snapshot(Path copy);

  /**
   * Keeps the live asset as it is now, even where it is damaged.
   *
   * @return false where there is nothing to keep
   */
  boolean preserve(Path copy);

  /** Says of a copy that it is sound in itself; each line is one complaint. */
  List<String> complaints(Path copy);

  /** What a copy, or the live asset, holds. */
  Content content(Path file);

  /**
   * Puts the copy's content in the live asset's place, all or nothing; whoever has it open goes on
   * and sees the copy's content.
   *
   * @param expected what the copy holds
   * @return what the live asset held right afterwards, before anybody could change it
   * @throws RecoveryException the live asset is as it was
   */
  Content replaceLive(Path copy, Content expected);
}
