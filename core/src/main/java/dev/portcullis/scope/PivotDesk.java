package dev.portcullis.scope;

import dev.portcullis.incident.Incident;
import java.util.List;

/** Lets persons widen or close a scope, and ask for one without an incident. Blocks. */
public interface PivotDesk {
  /** What the question's names reached; nothing is kept. */
  Scope ask(Question question);

  /** Edges of that incident, as its last scope proposed them, and those decided on. */
  List<Pivot> pivots(String incident);

  /**
   * Decides on an edge, writes it into the incident's timeline and determines the scope anew.
   *
   * @param pivot its id
   * @param author the person
   * @param reason required
   * @throws IllegalArgumentException if there is no such pivot, the reason is empty or the author
   *     is the machine
   */
  Scope decide(Incident incident, String pivot, boolean accepted, String author, String reason);

  /**
   * Determines the scope anew if hostile exchanges came since the last time.
   *
   * @return whether it did
   */
  boolean refresh(Incident incident);
}
