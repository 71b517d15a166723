package dev.portcullis.rehearse;

import java.util.Locale;

/** What came of a scenario. */
public enum Verdict {
  /** A breach that was noticed inside its bound. */
  HELD,
  /** A breach that was noticed, but later than its bound. */
  LATE,
  /** A breach that was not noticed. */
  MISSED,
  /** A twin about which nothing was said. */
  SILENT,
  /** A twin that was taken for a breach. */
  TRIPPED;

  /** As in files and in output. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
