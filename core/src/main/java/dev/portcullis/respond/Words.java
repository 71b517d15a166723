package dev.portcullis.respond;

import dev.portcullis.gate.blocklist.Restriction;

/** How people and the command line spell orders. */
final class Words {
  private Words() {}

  /** The word after {@code portcullis contain}. */
  static String noun(Restriction.Kind kind) {
    return switch (kind) {
      case REVOKE_CREDENTIAL -> "credential";
      case SUSPEND_ACCOUNT -> "account";
      case BLOCK_SOURCE -> "source";
      case CLOSE_ROUTE -> "route";
      case REQUIRE_AUTHENTICATION -> "authenticated-route";
      case READ_ONLY_ROUTE -> "read-only-route";
    };
  }

  /** Such as {@code credential key-ab12 revoked}. */
  static String effect(Restriction.Kind kind, String target) {
    return switch (kind) {
      case REVOKE_CREDENTIAL -> "credential " + target + " revoked";
      case SUSPEND_ACCOUNT -> "account " + target + " suspended";
      case BLOCK_SOURCE -> "source " + target + " blocked";
      case CLOSE_ROUTE -> "route " + target + " closed";
      case REQUIRE_AUTHENTICATION -> "route " + target + " closed to all without a credential";
      case READ_ONLY_ROUTE -> "route " + target + " made read-only";
    };
  }

  /** What a person types to do it. */
  static String command(Restriction.Kind kind, String target, String incident) {
    return "portcullis contain " + noun(kind) + " " + target + " --incident " + incident;
  }
}
