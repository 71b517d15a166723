package dev.portcullis.journal;

/** Legal holds: what is held is kept, however old. All methods may be called from any thread. */
public interface Holds {
  /** None. */
  Holds NONE =
      new Holds() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public boolean holds(JournalEntry entry) {
          return false;
        }
      };

  /** Whether nothing at all is held, so that nothing need be asked. */
  boolean isEmpty();

  /** Whether that entry must be kept. May be asked of many: must be fast. */
  boolean holds(JournalEntry entry);
}
