package dev.portcullis.learn;

import java.util.Optional;

/** Assembles post-mortems. Blocks. */
public interface ReviewDesk {
  /** Assembles the draft from all that is recorded of the incident; a later call supersedes it. */
  PostMortem draft(String incident);

  /** The last draft. */
  Optional<PostMortem> last(String incident);
}
