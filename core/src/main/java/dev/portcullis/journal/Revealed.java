package dev.portcullis.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is known of the data subject behind a pseudonym. */
public sealed interface Revealed {
  /**
   * Still known.
   *
   * @param subject in clear
   */
  record Known(String subject) implements Revealed {
    /** Tells nobody who it is: it may end in a log. */
    @Override
    public String toString() {
      return "Known";
    }
  }

  /**
   * Erased (GDPR Art. 17): nobody can tell any more.
   *
   * @param at when
   */
  record Erased(Instant at) implements Revealed {}

  /** Not given by this node, or given after the backup that its vault was restored from. */
  record Unknown() implements Revealed {}

  /** A line for those allowed to see the subject. */
  default String text(Pseudonym pseudonym) {
    return switch (this) {
      case Known(String subject) -> subject;
      case Erased(Instant at) ->
          "erased on %s (%s)".formatted(at.truncatedTo(ChronoUnit.SECONDS), pseudonym);
      case Unknown() -> "not known here (%s)".formatted(pseudonym);
    };
  }
}
