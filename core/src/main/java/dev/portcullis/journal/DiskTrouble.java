package dev.portcullis.journal;

import java.io.IOException;
import java.util.Locale;

/** What an I/O error is to those who wait. */
final class DiskTrouble {
  static final String FULL = "disk-full";
  static final String ERROR = "disk-error";

  private DiskTrouble() {}

  /** Java tells a full disk from a broken one only by the system's words. */
  static String reason(Throwable e) {
    if (e instanceof PseudonymsUnavailableException unavailable) {
      return unavailable.isDiskFull() ? FULL : ERROR;
    }
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        e instanceof IOException
            && (words.contains("no space left") || words.contains("quota exceeded"));
    return full ? FULL : ERROR;
  }
}
