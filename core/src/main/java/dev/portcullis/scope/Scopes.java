package dev.portcullis.scope;

import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Revealed;
import java.util.List;

/** What those allowed may ask of a scope. */
public final class Scopes {
  private Scopes() {}

  /**
   * The data subjects in clear, in the scope's order; those that were erased meanwhile still count.
   * The caller sees to it that who asks is allowed to, and that the asking is recorded.
   */
  public static List<Revealed> reveal(Scope scope, Pseudonyms pseudonyms) {
    return scope.subjects().stream().map(pseudonyms::reveal).toList();
  }
}
