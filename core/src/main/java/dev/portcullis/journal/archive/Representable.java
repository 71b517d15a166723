package dev.portcullis.journal.archive;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;

/** Whether the columns alone hold an exchange; otherwise its row needs its bytes too. */
public final class Representable {
  private static final int MICROS = 1_000_000;

  private Representable() {}

  /** Whether they do. */
  public static boolean is(Exchange exchange) {
    long second = exchange.at().getEpochSecond();
    return !ReadablePath.isAmbiguous(exchange.path())
        && second > RowAppender.MIN_TIME / MICROS
        && second < RowAppender.MAX_TIME / MICROS - 1
        && are(exchange.response())
        && are(exchange.request())
        && exchange.findings().stream().allMatch(Representable::is);
  }

  private static boolean are(Carried carried) {
    return carried.dataClasses().stream().allMatch(Representable::is)
        && carried.subjects().stream().allMatch(subject -> is(subject.value()));
  }

  private static boolean is(Finding finding) {
    return is(finding.rule()) && is(finding.category()) && is(finding.location());
  }

  /** An empty text alone in a list could not be told from an empty list. */
  private static boolean is(String text) {
    return !text.isEmpty() && text.indexOf(Columns.DIVIDER) < 0;
  }
}
