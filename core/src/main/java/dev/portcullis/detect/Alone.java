package dev.portcullis.detect;

import dev.portcullis.journal.JournalEntry;

/** A detector that compares a key with nobody else. */
interface Alone<S> extends Detector<S, NoCohort> {
  @Override
  default String cohort(JournalEntry entry) {
    return "";
  }

  @Override
  default NoCohort initialCohort() {
    return NoCohort.NONE;
  }
}
