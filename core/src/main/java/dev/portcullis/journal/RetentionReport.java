package dev.portcullis.journal;

import java.util.List;

/**
 * What retention has removed, or would.
 *
 * @param rule the periods, in words
 * @param preview whether nothing was removed
 * @param exchanges that have expired and go
 * @param held that have expired and stay, because a legal hold asks for them
 * @param files of the archive concerned
 * @param deferred files whose record could not be signed in time: they are taken up again at the
 *     next run
 */
public record RetentionReport(
    String rule, boolean preview, long exchanges, long held, List<File> files, int deferred) {
  /**
   * One file of the archive.
   *
   * @param name in the archive's directory
   * @param exchanges of it that go
   * @param remaining records that stay; without any the file goes
   */
  public record File(String name, long exchanges, long remaining) {}
}
