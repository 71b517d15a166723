package dev.portcullis.config;

/**
 * How the journal holds responses back. YAML: {@code journal: {release: before-response, when-full:
 * refuse}}.
 *
 * @param release when the response's last bytes may leave
 * @param whenFull what happens while the journal can't record
 */
public record RecordingSettings(Release release, WhenFull whenFull) {
  /** When the response's last bytes may leave. */
  public enum Release {
    /** Nothing of the response leaves before its exchange is on disk (fsync). */
    BEFORE_RESPONSE,
    /**
     * The last bytes leave when the exchange is written; fsync follows within the flush interval.
     */
    FLUSH_INTERVAL
  }

  /** What happens while the journal can't record. */
  public enum WhenFull {
    /** 503: no exchange without a record. */
    REFUSE,
    /** Serve unrecorded, loudly; the gap is recorded when recording resumes. */
    CONTINUE
  }
}
