package dev.portcullis.config;

import java.net.URI;
import java.time.Duration;

/** The keys of {@code journal} that name witnesses and a time-stamping authority. */
final class AttestationSection {
  private static final URI NOWHERE = URI.create("http://nowhere.invalid:1");
  private static final Text<String> VKEY =
      Texts.matching(
          "[^+\\s\\p{Cntrl}]{1,255}\\+[0-9a-f]{8}\\+B[A-P][A-Za-z0-9+/]{42}",
          "is not a witness's verifier key",
          "<name>+<8 hexadecimal digits>+<base64> of type 0x04, as its operator publishes it");

  private AttestationSection() {}

  static AttestationSettings attestation(Section journal) {
    return new AttestationSettings(
        journal.sections("witnesses", AttestationSection::witness),
        journal.optional(
            "witness-interval",
            Durations.between(Duration.ofSeconds(1), Duration.ofDays(1)),
            AttestationSettings.NONE.every()),
        journal.filled("timestamp").map(value -> value.section(AttestationSection::timestamp)));
  }

  private static WitnessSettings witness(Section section) {
    return new WitnessSettings(
        section.required("url", Uris.SERVICE, NOWHERE), section.required("vkey", VKEY, ""));
  }

  private static TimestampSettings timestamp(Section section) {
    return new TimestampSettings(
        section.required("url", Uris.SERVICE, NOWHERE),
        section.optional(
            "every",
            Durations.between(Duration.ofMinutes(1), Duration.ofDays(31)),
            Duration.ofHours(1)));
  }
}
