package dev.portcullis.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Places and releases legal holds. All methods may be called from any thread and may block. */
public interface HoldDesk {
  /**
   * Places one, in the place of the one in force if there is one; both stand in the timeline.
   *
   * @param until when it runs out by itself
   * @param author a person
   * @param reason required
   * @throws IllegalArgumentException when there is no such incident, the reason is empty, or the
   *     end is past
   */
  Hold place(String incident, Optional<Instant> until, String author, String reason);

  /**
   * Releases the one in force.
   *
   * @throws IllegalArgumentException when there is none, or the reason is empty
   */
  Hold release(String incident, String author, String reason);

  /** An incident's holds, newest first, released ones too. */
  List<Hold> of(String incident);

  /** The one in force on that incident. */
  Optional<Hold> inForce(String incident);

  /** All in force. */
  List<Hold> inForce();
}
