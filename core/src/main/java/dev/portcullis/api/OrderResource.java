package dev.portcullis.api;

import dev.portcullis.gate.blocklist.Restriction;
import dev.portcullis.respond.Containment;
import dev.portcullis.respond.Order;
import dev.portcullis.respond.Preview;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Containment orders. */
final class OrderResource {
  private static final Duration DEFAULT_EXPIRY = Duration.ofDays(7);

  /** What playbooks and people call them. */
  private static final Map<String, Restriction.Kind> KINDS =
      new TreeMap<>(
          Map.of(
              "credential", Restriction.Kind.REVOKE_CREDENTIAL,
              "account", Restriction.Kind.SUSPEND_ACCOUNT,
              "source", Restriction.Kind.BLOCK_SOURCE,
              "route", Restriction.Kind.CLOSE_ROUTE,
              "authenticated-route", Restriction.Kind.REQUIRE_AUTHENTICATION,
              "read-only-route", Restriction.Kind.READ_ONLY_ROUTE));

  private final Facades facades;

  OrderResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "GET", "/api/v1/orders", "all, newest first", (r, p) -> facades.containment().list()),
        new Endpoint("POST", "/api/v1/orders", "puts one in force", (r, p) -> apply(r)),
        new Endpoint("POST", "/api/v1/orders/{id}/release", "lifts one", this::release));
  }

  /**
   * What an order did, or would do.
   *
   * @param order empty on a dry run
   * @param preview whom it would have hit in the last hour
   */
  record Applied(Optional<Order> order, Preview preview) {}

  private Applied apply(ApiRequest request) {
    Restriction.Kind kind = kind(request.text("kind"));
    String target = request.text("target");
    Preview preview = facades.containment().preview(kind, target);
    if (request.flag("dry_run")) {
      return new Applied(Optional.empty(), preview);
    }
    String incident = request.text("incident", "");
    Order order =
        facades
            .containment()
            .apply(
                new Containment.Request(
                    kind,
                    target,
                    incident.isEmpty() ? Optional.empty() : Optional.of(incident),
                    request.caller(),
                    request.text("reason"),
                    expiry(request.text("expiry", ""))));
    return new Applied(Optional.of(order), preview);
  }

  private Order release(ApiRequest request, Map<String, String> parameters) {
    return facades
        .containment()
        .release(parameters.getOrDefault("id", ""), request.caller(), request.text("reason"));
  }

  private static Restriction.Kind kind(String text) {
    Restriction.Kind kind = KINDS.get(text);
    if (kind == null) {
      throw new ApiException(
          400, "\"" + text + "\" is nothing to contain (expected one of " + KINDS.keySet() + ")");
    }
    return kind;
  }

  private static Duration expiry(String iso) {
    try {
      return iso.isEmpty() ? DEFAULT_EXPIRY : Duration.parse(iso);
    } catch (DateTimeParseException e) {
      throw new ApiException(
          400, "\"" + iso + "\" is not a duration (expected ISO 8601, such as PT8H or P7D)");
    }
  }
}
