package dev.portcullis.scope;

import dev.portcullis.incident.Incident;
import java.util.Optional;

/** Determines scopes. Reads the journal: blocks. */
public interface ScopeDesk {
  /** Reads the journal, keeps and returns the scope; a later call supersedes it. */
  Scope determine(Incident incident);

  /** The last one determined. */
  Optional<Scope> last(String incident);
}
