package dev.portcullis.config;

import java.time.Duration;

/**
 * Thresholds of the detectors; each can be switched off. Keys in YAML are the detectors' names in
 * kebab case.
 *
 * @param objectEnumeration one credential, ever more distinct data subjects
 * @param credentialStuffing one source, ever more failed authentications
 * @param injection injected code
 * @param bulkExfiltration more data subjects per time than the route's baseline
 * @param anonymousWalk ever more objects of one route, without a credential, from many sources
 * @param credentialTheft an established credential at a new network, with nothing it knows
 * @param distributedStuffing failed authentications for many accounts, from many sources
 * @param states distinct keys each detector keeps state for, least recently used evicted (default
 *     100,000)
 */
public record DetectorSettings(
    ObjectEnumeration objectEnumeration,
    CredentialStuffing credentialStuffing,
    Injection injection,
    BulkExfiltration bulkExfiltration,
    AnonymousWalk anonymousWalk,
    CredentialTheft credentialTheft,
    DistributedStuffing distributedStuffing,
    int states) {

  /** With the defaults of the detectors that are not named. */
  public DetectorSettings(
      ObjectEnumeration objectEnumeration,
      CredentialStuffing credentialStuffing,
      Injection injection,
      BulkExfiltration bulkExfiltration,
      int states) {
    this(
        objectEnumeration,
        credentialStuffing,
        injection,
        bulkExfiltration,
        DEFAULT.anonymousWalk(),
        DEFAULT.credentialTheft(),
        DEFAULT.distributedStuffing(),
        states);
  }

  /**
   * @param window in which new subjects are counted (default 5 min)
   * @param minimum distinct subjects that never raise a signal (default 20)
   * @param factor how many times its own baseline a credential must reach (default 4)
   */
  public record ObjectEnumeration(boolean enabled, Duration window, int minimum, double factor) {}

  /**
   * @param window in which failures are counted (default 5 min)
   * @param failures failed authentications from one source (default 20)
   * @param accounts distinct accounts tried among them (default 5)
   */
  public record CredentialStuffing(boolean enabled, Duration window, int failures, int accounts) {}

  /**
   * @param window in which findings are counted (default 10 min)
   * @param exchanges with a finding, from one source, that raise a signal (default 1)
   */
  public record Injection(boolean enabled, Duration window, int exchanges) {}

  /**
   * @param window in which subjects are counted (default 1 min)
   * @param minimum data subjects that never raise a signal (default 500)
   * @param factor how many times the route's baseline (default 5)
   */
  public record BulkExfiltration(boolean enabled, Duration window, int minimum, double factor) {}

  /**
   * @param window in which new objects of a route are counted (default 10 min)
   * @param minimum objects that never raise a signal (default 100)
   * @param factor how many times the route's own baseline (default 4)
   */
  public record AnonymousWalk(boolean enabled, Duration window, int minimum, double factor) {}

  /**
   * @param established for how long a credential must have been in use (default 12 h)
   * @param foreign requests at a new network for what the credential never touched; a write counts
   *     twice (default 8)
   */
  public record CredentialTheft(boolean enabled, Duration established, int foreign) {}

  /**
   * @param window in which failures are counted (default 10 min)
   * @param failures failed authentications on one route (default 60)
   * @param accounts distinct accounts tried among them (default 40)
   */
  public record DistributedStuffing(boolean enabled, Duration window, int failures, int accounts) {}

  /** The defaults. */
  public static final DetectorSettings DEFAULT =
      new DetectorSettings(
          new ObjectEnumeration(true, Duration.ofMinutes(5), 20, 4),
          new CredentialStuffing(true, Duration.ofMinutes(5), 20, 5),
          new Injection(true, Duration.ofMinutes(10), 1),
          new BulkExfiltration(true, Duration.ofMinutes(1), 500, 5),
          new AnonymousWalk(true, Duration.ofMinutes(10), 100, 4),
          new CredentialTheft(true, Duration.ofHours(12), 8),
          new DistributedStuffing(true, Duration.ofMinutes(10), 60, 40),
          100_000);
}
