package dev.portcullis.journal;

import java.time.Instant;

/**
 * What is handed to the journal: it becomes an exchange on the journal's own thread, where looking
 * a pseudonym up may take its time. Holds data subjects in clear until then, in memory alone.
 */
public interface Recording {
  /** When the request's head had been read. */
  Instant at();

  /** The exchange to record. Called once, by one thread of the journal. */
  Exchange exchange(Pseudonyms pseudonyms);
}
