package dev.portcullis.journal;

import java.time.DateTimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who wait, and counts what is lost. Thread-safe. */
final class Receipts {
  private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

  private final GapTally gaps;
  private final JournalMeters meters;

  Receipts(GapTally gaps, JournalMeters meters) {
    this.gaps = gaps;
    this.meters = meters;
  }

  void recorded(Append append, long sequence) {
    try {
      append.receipt().recorded(sequence);
    } catch (RuntimeException e) {
      LOG.error("A receipt of a recorded exchange failed: report this as a bug", e);
    }
  }

  /** It will be part of the next gap record, for the same reason as the receipt tells. */
  void lost(Append append, String reason) {
    lost(append, reason, reason);
  }

  void lost(Append append, String reason, String gapReason) {
    if (append.recording() instanceof Note) {
      tell(append, reason);
      return;
    }
    meters.lost(reason);
    try {
      gaps.lost(gapReason, MicroTime.instant(MicroTime.micros(append.recording().at())));
    } catch (ArithmeticException | DateTimeException outOfRange) {
      gaps.lost(gapReason, java.time.Instant.EPOCH);
    }
    tell(append, reason);
  }

  /** After the journal's end: no gap record can follow. */
  void refused(Append append) {
    meters.lost("closed");
    tell(append, "closed");
  }

  private static void tell(Append append, String reason) {
    try {
      append.receipt().lost(reason);
    } catch (RuntimeException e) {
      LOG.error("A receipt of a lost exchange failed: report this as a bug", e);
    }
  }
}
