package dev.portcullis.respond;

import dev.portcullis.gate.blocklist.Restriction;
import dev.portcullis.incident.TimelineEntry;
import java.util.Set;
import java.util.TreeSet;

/** What an order may name, in its one spelling. */
final class Targets {
  /** Characters of a credential's id, an account's or a route's name. */
  static final int MAX_LENGTH = 256;

  private final Set<String> routes;

  Targets(Set<String> routes) {
    this.routes = Set.copyOf(routes);
  }

  /**
   * The target as it is kept and matched.
   *
   * @throws IllegalArgumentException with what was found, what was expected and what to do
   */
  String check(Restriction.Kind kind, String target, String author) {
    return switch (kind) {
      case REVOKE_CREDENTIAL -> name("credential", target);
      case SUSPEND_ACCOUNT -> name("account", target);
      case BLOCK_SOURCE -> source(target, author);
      case CLOSE_ROUTE, REQUIRE_AUTHENTICATION, READ_ONLY_ROUTE -> route(target);
    };
  }

  private static String name(String what, String target) {
    boolean printable =
        target.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
    if (target.isEmpty() || target.length() > MAX_LENGTH || !printable) {
      throw new IllegalArgumentException(
          "%s: '%s' (expected: 1 to %d characters without blanks, as the journal shows it)"
              .formatted(what, shown(target), MAX_LENGTH));
    }
    return target;
  }

  private static String source(String target, String author) {
    AddressRange range =
        AddressRange.parse(target)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "source: '%s' (expected: an address such as 192.0.2.7 or 2001:db8::7, or a network such as 192.0.2.0/24)"
                        .formatted(shown(target))));
    if (range.isTooWide() && author.equals(TimelineEntry.MACHINE)) {
      throw new IllegalArgumentException(
          "source: %s is wider than /%d (IPv4) or /%d (IPv6); only a person may block that much"
              .formatted(range, AddressRange.WIDEST_V4, AddressRange.WIDEST_V6));
    }
    return range.toString();
  }

  private String route(String target) {
    if (!routes.contains(target)) {
      throw new IllegalArgumentException(
          "route: '%s' (expected: one of %s)".formatted(shown(target), new TreeSet<>(routes)));
    }
    return target;
  }

  private static String shown(String target) {
    return target.length() <= 80 ? target : target.substring(0, 80) + "…";
  }
}
