package dev.portcullis.journal;

import dev.portcullis.config.JournalSettings;
import java.time.Duration;
import java.util.function.Supplier;

/** A journal's archive and retention as configured, for timers and for people. */
public final class Keeper {
  private final FileJournal journal;
  private final JournalSettings settings;
  private final Supplier<Holds> holds;

  /**
   * Of that journal.
   *
   * @param holds beat retention; asked anew for each run
   */
  public Keeper(FileJournal journal, JournalSettings settings, Supplier<Holds> holds) {
    this.journal = journal;
    this.settings = settings;
    this.holds = holds;
  }

  /** What the timers do: archives what is old enough, if archiving is on. */
  public void archive() {
    if (settings.archive().enabled()) {
      archive(settings.archive().after());
    }
  }

  /** What the timers do: removes what has outlived its period. */
  public void retain() {
    if (!settings.retention().keepsAll()) {
      retain(false);
    }
  }

  /**
   * Archives segments sealed at least that long ago.
   *
   * @throws JournalException if one can't be: it stays as it is, those after it too
   */
  public ArchiveReport archive(Duration after) {
    return journal.archive(after);
  }

  /**
   * Removes what has outlived its period, or tells what would go.
   *
   * @throws JournalException if it can't be: what was not removed yet stays
   */
  public RetentionReport retain(boolean preview) {
    return journal.retain(settings.retention(), holds.get(), preview);
  }
}
