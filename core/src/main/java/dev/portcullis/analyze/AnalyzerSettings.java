package dev.portcullis.analyze;

import dev.portcullis.analyze.format.Field;
import dev.portcullis.config.DetectorSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How logs are read and judged.
 *
 * @param format that all files are in; empty: each file's is recognised
 * @param fields own names in JSON logs
 * @param forwarded entry of X-Forwarded-For that is the client, 1 being the last; 0: the logged
 *     address is
 * @param detectors their thresholds
 * @param threads that parse
 */
public record AnalyzerSettings(
    Optional<String> format,
    Map<Field, String> fields,
    int forwarded,
    DetectorSettings detectors,
    int threads) {

  /**
   * The detectors' defaults, with two differences that logs ask for. An object in a path may be a
   * product as well as a person, so more of them are ordinary. And a failed log-in names no
   * account, so that failures alone must do.
   */
  public static final DetectorSettings FOR_LOGS =
      new DetectorSettings(
          new DetectorSettings.ObjectEnumeration(true, Duration.ofMinutes(5), 50, 4),
          new DetectorSettings.CredentialStuffing(true, Duration.ofMinutes(5), 20, 0),
          DetectorSettings.DEFAULT.injection(),
          DetectorSettings.DEFAULT.bulkExfiltration(),
          DetectorSettings.DEFAULT.anonymousWalk(),
          DetectorSettings.DEFAULT.credentialTheft(),
          DetectorSettings.DEFAULT.distributedStuffing(),
          DetectorSettings.DEFAULT.credentialTheftRing(),
          DetectorSettings.DEFAULT.dormantFunction(),
          // a path's object is no person: lists and pages are shared
          new DetectorSettings.ForeignObject(false, 3),
          // logs of a plain proxy rarely name a credential
          new DetectorSettings.AuthenticationBypass(false, Duration.ofMinutes(10), 5),
          DetectorSettings.DEFAULT.states());

  /** Everything recognised, everything by default, all cores. */
  public static AnalyzerSettings standard() {
    return new AnalyzerSettings(
        Optional.empty(),
        Map.of(),
        0,
        FOR_LOGS,
        Math.max(1, Runtime.getRuntime().availableProcessors()));
  }
}
