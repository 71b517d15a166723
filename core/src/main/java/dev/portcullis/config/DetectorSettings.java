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
 * @param credentialTheftRing one source that uses credentials of many, which were at home elsewhere
 * @param dormantFunction changes through a route that nobody uses, by somebody odd
 * @param foreignObject somebody at data subjects that are others' own
 * @param authenticationBypass a route that is asked with credentials answers somebody without
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
    CredentialTheftRing credentialTheftRing,
    DormantFunction dormantFunction,
    ForeignObject foreignObject,
    AuthenticationBypass authenticationBypass,
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
        DEFAULT.credentialTheftRing(),
        DEFAULT.dormantFunction(),
        DEFAULT.foreignObject(),
        DEFAULT.authenticationBypass(),
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

  /**
   * @param foreign requests of one source for what the credentials' owners never touched; a write
   *     counts twice (default 5)
   * @param credentials distinct ones among them (default 3)
   */
  public record CredentialTheftRing(boolean enabled, int foreign, int credentials) {}

  /**
   * @param dormant for how long nobody made changes through the route (default 7 days)
   * @param uses by somebody odd that raise a signal (default 2)
   */
  public record DormantFunction(boolean enabled, Duration dormant, int uses) {}

  /**
   * @param owners other accounts whose own is reached within an hour, to raise a signal (default 3)
   */
  public record ForeignObject(boolean enabled, int owners) {}

  /**
   * @param window in which requests without a credential are counted (default 10 min)
   * @param requests of them that raise a signal (default 5)
   */
  public record AuthenticationBypass(boolean enabled, Duration window, int requests) {}

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
          new CredentialTheftRing(true, 5, 3),
          new DormantFunction(true, Duration.ofDays(7), 2),
          new ForeignObject(true, 3),
          new AuthenticationBypass(true, Duration.ofMinutes(10), 5),
          100_000);
}
