package dev.portcullis.scope;

import dev.portcullis.journal.Pseudonyms;
import java.util.List;

/** What those allowed may ask of a scope. */
public final class Scopes {
  private Scopes() {}

  /**
   * The data subjects in clear, in the scope's order. The caller sees to it that who asks is
   * allowed to, and that the asking is recorded.
   *
   * @throws IllegalArgumentException if a pseudonym was made with another key
   */
  public static List<String> reveal(Scope scope, Pseudonyms pseudonyms) {
    return scope.subjects().stream().map(pseudonyms::reveal).toList();
  }
}
