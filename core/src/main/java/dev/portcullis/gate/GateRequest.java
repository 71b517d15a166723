package dev.portcullis.gate;

import dev.portcullis.config.RouteSettings;
import dev.portcullis.identity.Principal;
import dev.portcullis.journal.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one request on its way through the controls. Owned by one event loop. */
public final class GateRequest {
  private final RequestHead head;
  private final RouteSettings route;
  private final Map<String, String> parameters;
  private final List<Finding> findings = new ArrayList<>(0);
  private final Map<String, String> responseHeaders = new HashMap<>(4);
  private Optional<Principal> principal = Optional.empty();
  private Optional<String> claimed = Optional.empty();

  /**
   * A request whose route is known.
   *
   * @param parameters of the path template, decoded
   */
  public GateRequest(RequestHead head, RouteSettings route, Map<String, String> parameters) {
    this.head = head;
    this.route = route;
    this.parameters = parameters;
  }

  /** As it came. */
  public RequestHead head() {
    return head;
  }

  /** What it matched. */
  public RouteSettings route() {
    return route;
  }

  /** Values of the path template's names, decoded. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Who is asking; empty before authentication and on anonymous routes. */
  public Optional<Principal> principal() {
    return principal;
  }

  /** Authentication found out who is asking. */
  public void authenticated(Principal who) {
    principal = Optional.of(who);
  }

  /** The account that a failed authentication named. */
  public Optional<String> claimed() {
    return claimed;
  }

  /**
   * Authentication failed for somebody who called themselves so; at most 128 characters are kept.
   */
  public void claims(String account) {
    claimed = Optional.of(account.length() <= 128 ? account : account.substring(0, 128));
  }

  /** What the inspection found so far. */
  public List<Finding> findings() {
    return findings;
  }

  /** Headers that controls add to the response, such as {@code RateLimit}. */
  public Map<String, String> responseHeaders() {
    return responseHeaders;
  }
}
