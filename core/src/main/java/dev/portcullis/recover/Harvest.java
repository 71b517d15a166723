package dev.portcullis.recover;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an asset gives to be backed up. */
sealed interface Harvest {
  /**
   * Files below a directory.
   *
   * @param excludes the engine's patterns
   * @param staged whether they are a copy, so that its moment is over
   * @param content digest over what they hold, where there is one that a restore can be compared
   *     with
   * @param details kept with the recovery point
   */
  record Files(
      Path directory,
      List<String> excludes,
      boolean staged,
      Optional<String> content,
      Map<String, String> details)
      implements Harvest {}

  /**
   * What a command writes.
   *
   * @param file the name it gets
   * @param least bytes below which it can't be whole
   */
  record Stream(List<String> command, String file, long least) implements Harvest {}
}
