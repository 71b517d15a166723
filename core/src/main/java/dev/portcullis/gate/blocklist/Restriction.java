package dev.portcullis.gate.blocklist;

/**
 * One containment order in force, as the request path sees it.
 *
 * @param order its id
 * @param target what it matches: credential id, account name, address or CIDR, route name
 */
public record Restriction(String order, Kind kind, String target) {
  /** What it does. */
  public enum Kind {
    /** The credential no longer authenticates. */
    REVOKE_CREDENTIAL,
    /** None of the account's credentials do. */
    SUSPEND_ACCOUNT,
    /** Nothing from that address or network. */
    BLOCK_SOURCE,
    /** The route answers nobody. */
    CLOSE_ROUTE,
    /** The route answers nobody who is not authenticated. */
    REQUIRE_AUTHENTICATION,
    /** The route answers only safe methods (RFC 9110 §9.2.1). */
    READ_ONLY_ROUTE
  }
}
