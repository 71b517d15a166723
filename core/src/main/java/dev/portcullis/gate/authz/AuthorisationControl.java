package dev.portcullis.gate.authz;

import dev.portcullis.gate.Control;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.gate.Refusal;
import dev.portcullis.identity.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Lets through whoever has all scopes that the route asks for that method. Denied by default: a
 * method that the route does not name, or a request without a principal on a route that is not
 * anonymous, does not pass.
 */
public final class AuthorisationControl implements Control {
  /** The stage's name. */
  public static final String NAME = "authorisation";

  private static final Decision MISSING_SCOPE =
      new Decision.Refuse(Refusal.of(NAME, "missing-scope", 403, "Forbidden"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Decision decide(GateRequest request) {
    Set<String> needed = request.route().methods().get(request.head().method());
    if (needed == null) {
      return MISSING_SCOPE;
    }
    if (request.route().authentication().isEmpty()) {
      return Decision.PASS;
    }
    Optional<Principal> principal = request.principal();
    boolean allowed = principal.isPresent() && principal.get().scopes().containsAll(needed);
    return allowed ? Decision.PASS : MISSING_SCOPE;
  }
}
