package dev.portcullis.gate.blocklist;

import dev.portcullis.gate.Control;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.gate.Refusal;
import dev.portcullis.identity.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses what a containment order forbids. Asked twice on the way in, by source and route before
 * authentication and by credential and account after it, and once more on the way out: no answer
 * leaves after an order is in force.
 */
public final class ContainmentControl implements Control {
  /** The stage's name. */
  public static final String NAME = "containment";

  private final Blocklist blocklist;
  private final boolean byPrincipal;

  private ContainmentControl(Blocklist blocklist, boolean byPrincipal) {
    this.blocklist = blocklist;
    this.byPrincipal = byPrincipal;
  }

  /** The one before authentication. */
  public static ContainmentControl bySource(Blocklist blocklist) {
    return new ContainmentControl(blocklist, false);
  }

  /** The one after authentication. */
  public static ContainmentControl byPrincipal(Blocklist blocklist) {
    return new ContainmentControl(blocklist, true);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Decision decide(GateRequest request) {
    Optional<Refusal> refusal = refusal(request);
    return refusal.isEmpty() ? Decision.PASS : new Decision.Refuse(refusal.get());
  }

  /** What an order in force says about the request now. */
  public Optional<Refusal> refusal(GateRequest request) {
    if (byPrincipal) {
      Optional<Principal> principal = request.principal();
      return principal.isEmpty()
          ? blocklist
              .matchStranger(request.route().name())
              .map(restriction -> Refusal.of(NAME, reason(restriction), 403, "Forbidden"))
          : blocklist
              .match(principal.get().credential(), principal.get().account())
              .map(restriction -> unauthorised(restriction, principal.get()));
    }
    return blocklist
        .match(request.head().source(), request.route().name(), request.head().method())
        .map(restriction -> Refusal.of(NAME, reason(restriction), 403, "Forbidden"));
  }

  // The same answer as to a credential that never existed.
  private static Refusal unauthorised(Restriction restriction, Principal principal) {
    String challenge =
        switch (principal.kind()) {
          case API_KEY -> "ApiKey";
          case PASSWORD -> "Basic realm=\"api\", charset=\"UTF-8\"";
          case TOKEN -> "Bearer error=\"invalid_token\"";
        };
    return new Refusal(
        NAME, reason(restriction), 401, "Unauthorized", Map.of("WWW-Authenticate", challenge));
  }

  private static String reason(Restriction restriction) {
    String word =
        switch (restriction.kind()) {
          case REVOKE_CREDENTIAL -> "key-revoked";
          case SUSPEND_ACCOUNT -> "account-suspended";
          case BLOCK_SOURCE -> "source-blocked";
          case CLOSE_ROUTE -> "route-closed";
          case REQUIRE_AUTHENTICATION -> "authentication-required";
          case READ_ONLY_ROUTE -> "route-read-only";
        };
    return word + ":" + restriction.order();
  }
}
