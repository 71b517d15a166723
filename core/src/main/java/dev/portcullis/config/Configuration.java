package dev.portcullis.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole {@code portcullis.yaml}, validated: every cross-reference resolves, every limit is in
 * range. Relative paths in the file are resolved against the file's directory.
 *
 * @param file where it was read from
 * @param node the node itself
 * @param listeners where requests enter; at least one
 * @param upstreams the guarded APIs
 * @param accounts the principals known by name
 * @param authentication where tokens come from
 * @param routes what is let through; whatever matches none is refused
 * @param limits bounds of the gate
 * @param journal bounds and intervals of the journal
 * @param detectors thresholds of the detectors
 * @param containment bounds of automatic containment
 * @param playbooks what is done about which signals, first match wins
 * @param obligations laws and contracts that apply
 * @param notification mail server and stakeholders
 * @param destinations where the backup engine keeps recovery points
 * @param assets what is backed up and restored
 * @param console the page and the API for people
 */
public record Configuration(
    Path file,
    NodeSettings node,
    List<ListenerSettings> listeners,
    List<UpstreamSettings> upstreams,
    List<AccountSettings> accounts,
    AuthenticationSettings authentication,
    List<RouteSettings> routes,
    GateLimits limits,
    JournalSettings journal,
    DetectorSettings detectors,
    ContainmentSettings containment,
    List<PlaybookSettings> playbooks,
    ObligationSettings obligations,
    NotificationSettings notification,
    List<DestinationSettings> destinations,
    List<AssetSettings> assets,
    ConsoleSettings console) {

  /** The route of that name, if there is one. */
  public Optional<RouteSettings> route(String name) {
    return routes.stream().filter(route -> route.name().equals(name)).findFirst();
  }

  /** The asset of that name, if there is one. */
  public Optional<AssetSettings> asset(String name) {
    return assets.stream().filter(asset -> asset.name().equals(name)).findFirst();
  }

  /** The upstream of that name, if there is one. */
  public Optional<UpstreamSettings> upstream(String name) {
    return upstreams.stream().filter(upstream -> upstream.name().equals(name)).findFirst();
  }
}
