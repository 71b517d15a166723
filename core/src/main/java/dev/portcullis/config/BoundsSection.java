package dev.portcullis.config;

import dev.portcullis.config.DetectorSettings.AuthenticationBypass;
import dev.portcullis.config.DetectorSettings.CredentialTheftRing;
import dev.portcullis.config.DetectorSettings.DormantFunction;
import dev.portcullis.config.DetectorSettings.ForeignObject;
import dev.portcullis.config.DetectorSettings.AnonymousWalk;
import dev.portcullis.config.DetectorSettings.BulkExfiltration;
import dev.portcullis.config.DetectorSettings.CredentialStuffing;
import dev.portcullis.config.DetectorSettings.CredentialTheft;
import dev.portcullis.config.DetectorSettings.DistributedStuffing;
import dev.portcullis.config.DetectorSettings.Injection;
import dev.portcullis.config.DetectorSettings.ObjectEnumeration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of {@code limits}, {@code journal}, {@code detectors}, {@code containment}. */
final class BoundsSection {
  /** The detectors' names, as in signals and metrics. */
  static final List<String> DETECTORS =
      List.of(
          "object-enumeration",
          "credential-stuffing",
          "injection",
          "bulk-exfiltration",
          "anonymous-walk",
          "credential-theft",
          "distributed-stuffing",
          "credential-theft-ring",
          "dormant-function",
          "foreign-object",
          "authentication-bypass");

  private static final Text<Duration> TIMEOUT =
      Durations.between(Duration.ofMillis(100), Duration.ofHours(1));
  private static final Text<Duration> WINDOW =
      Durations.between(Duration.ofSeconds(1), Duration.ofDays(1));
  private static final Text<Duration> DORMANT =
      Durations.between(Duration.ofDays(1), Duration.ofDays(90));
  private static final Text<Integer> COUNT = Texts.integer(1, 1_000_000);
  private static final Text<Integer> KEYS = Texts.integer(1_000, 10_000_000);
  private static final Text<Double> FACTOR = Texts.decimal(1, 1_000);

  private BoundsSection() {}

  static GateLimits limits(Section section) {
    GateLimits standard = GateLimits.DEFAULT;
    return new GateLimits(
        section.optional("request-line", Sizes.intBetween(256, 64 << 10), standard.requestLine()),
        section.optional("headers", Sizes.intBetween(1 << 10, 1 << 20), standard.headers()),
        section.optional("header-timeout", TIMEOUT, standard.headerTimeout()),
        section.optional("body-timeout", TIMEOUT, standard.bodyTimeout()),
        section.optional("idle-timeout", TIMEOUT, standard.idleTimeout()),
        section.optional("connections", COUNT, standard.connections()),
        section.optional(
            "observed-body", Sizes.intBetween(1 << 10, 256 << 20), standard.observedBody()),
        section.optional(
            "inspected-body", Sizes.intBetween(1 << 10, 64 << 20), standard.inspectedBody()),
        section.optional("limited-keys", KEYS, standard.limitedKeys()));
  }

  static JournalSettings journal(Section section) {
    JournalSettings standard = JournalSettings.DEFAULT;
    return new JournalSettings(
        section.optional(
            "flush-interval",
            Durations.between(Duration.ofMillis(1), Duration.ofSeconds(10)),
            standard.flushInterval()),
        section.optional("segment-size", Sizes.between(1 << 20, 4L << 30), standard.segmentSize()),
        section.optional("queue", Texts.integer(16, 1 << 20), standard.queue()),
        section.optional(
            "checkpoint-interval",
            Durations.between(Duration.ofMillis(100), Duration.ofHours(1)),
            standard.checkpointInterval()),
        AttestationSection.attestation(section),
        section.section("archive", BoundsSection::archive, standard.archive()),
        section.section("retention", BoundsSection::retention, standard.retention()));
  }

  private static ArchiveSettings archive(Section section) {
    ArchiveSettings standard = ArchiveSettings.DEFAULT;
    return new ArchiveSettings(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional(
            "after", Durations.between(Duration.ZERO, Duration.ofDays(3_650)), standard.after()),
        section.optional("memory", Sizes.between(128 << 20, 1L << 40), standard.memory()));
  }

  private static RetentionSettings retention(Section section) {
    Text<Duration> period = Durations.between(Duration.ofHours(1), Duration.ofDays(36_500));
    var classes = new LinkedHashMap<String, Duration>();
    section
        .filled("classes")
        .ifPresent(map ->
            map.entries()
                .forEach((name, value) ->
                    value.read(period).ifPresent(duration -> classes.put(name, duration))));
    return new RetentionSettings(section.maybe("default", period), Map.copyOf(classes));
  }

  static DetectorSettings detectors(Section section) {
    DetectorSettings standard = DetectorSettings.DEFAULT;
    return new DetectorSettings(
        section.section(
            "object-enumeration", BoundsSection::enumeration, standard.objectEnumeration()),
        section.section(
            "credential-stuffing", BoundsSection::stuffing, standard.credentialStuffing()),
        section.section("injection", BoundsSection::injection, standard.injection()),
        section.section(
            "bulk-exfiltration", BoundsSection::exfiltration, standard.bulkExfiltration()),
        section.section("anonymous-walk", BoundsSection::anonymousWalk, standard.anonymousWalk()),
        section.section("credential-theft", BoundsSection::theft, standard.credentialTheft()),
        section.section(
            "distributed-stuffing", BoundsSection::distributed, standard.distributedStuffing()),
        section.section(
            "credential-theft-ring", BoundsSection::ring, standard.credentialTheftRing()),
        section.section("dormant-function", BoundsSection::dormant, standard.dormantFunction()),
        section.section("foreign-object", BoundsSection::foreign, standard.foreignObject()),
        section.section(
            "authentication-bypass", BoundsSection::bypass, standard.authenticationBypass()),
        section.optional("states", KEYS, standard.states()));
  }

  private static ObjectEnumeration enumeration(Section section) {
    ObjectEnumeration standard = DetectorSettings.DEFAULT.objectEnumeration();
    return new ObjectEnumeration(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("window", WINDOW, standard.window()),
        section.optional("minimum", COUNT, standard.minimum()),
        section.optional("factor", FACTOR, standard.factor()));
  }

  private static CredentialStuffing stuffing(Section section) {
    CredentialStuffing standard = DetectorSettings.DEFAULT.credentialStuffing();
    return new CredentialStuffing(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("window", WINDOW, standard.window()),
        section.optional("failures", COUNT, standard.failures()),
        section.optional("accounts", COUNT, standard.accounts()));
  }

  private static Injection injection(Section section) {
    Injection standard = DetectorSettings.DEFAULT.injection();
    return new Injection(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("window", WINDOW, standard.window()),
        section.optional("exchanges", COUNT, standard.exchanges()));
  }

  private static BulkExfiltration exfiltration(Section section) {
    BulkExfiltration standard = DetectorSettings.DEFAULT.bulkExfiltration();
    return new BulkExfiltration(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("window", WINDOW, standard.window()),
        section.optional("minimum", COUNT, standard.minimum()),
        section.optional("factor", FACTOR, standard.factor()));
  }

  private static AnonymousWalk anonymousWalk(Section section) {
    AnonymousWalk standard = DetectorSettings.DEFAULT.anonymousWalk();
    return new AnonymousWalk(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("window", WINDOW, standard.window()),
        section.optional("minimum", COUNT, standard.minimum()),
        section.optional("factor", FACTOR, standard.factor()));
  }

  private static CredentialTheft theft(Section section) {
    CredentialTheft standard = DetectorSettings.DEFAULT.credentialTheft();
    return new CredentialTheft(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("established", WINDOW, standard.established()),
        section.optional("foreign", COUNT, standard.foreign()));
  }

  private static DistributedStuffing distributed(Section section) {
    DistributedStuffing standard = DetectorSettings.DEFAULT.distributedStuffing();
    return new DistributedStuffing(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("window", WINDOW, standard.window()),
        section.optional("failures", COUNT, standard.failures()),
        section.optional("accounts", COUNT, standard.accounts()));
  }

  private static CredentialTheftRing ring(Section section) {
    CredentialTheftRing standard = DetectorSettings.DEFAULT.credentialTheftRing();
    return new CredentialTheftRing(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("foreign", COUNT, standard.foreign()),
        section.optional("credentials", COUNT, standard.credentials()));
  }

  private static DormantFunction dormant(Section section) {
    DormantFunction standard = DetectorSettings.DEFAULT.dormantFunction();
    return new DormantFunction(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("dormant", DORMANT, standard.dormant()),
        section.optional("uses", COUNT, standard.uses()));
  }

  private static ForeignObject foreign(Section section) {
    ForeignObject standard = DetectorSettings.DEFAULT.foreignObject();
    return new ForeignObject(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("owners", COUNT, standard.owners()));
  }

  private static AuthenticationBypass bypass(Section section) {
    AuthenticationBypass standard = DetectorSettings.DEFAULT.authenticationBypass();
    return new AuthenticationBypass(
        section.optional("enabled", Texts.BOOL, standard.enabled()),
        section.optional("window", WINDOW, standard.window()),
        section.optional("requests", COUNT, standard.requests()));
  }

  static ContainmentSettings containment(Section section) {
    ContainmentSettings standard = ContainmentSettings.DEFAULT;
    return new ContainmentSettings(
        section.optional("account-share", Texts.decimal(0, 1), standard.accountShare()),
        section.optional(
            "expiry",
            Durations.between(Duration.ofSeconds(10), Duration.ofDays(365)),
            standard.expiry()));
  }
}
