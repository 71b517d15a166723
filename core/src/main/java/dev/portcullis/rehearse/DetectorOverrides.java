package dev.portcullis.rehearse;

import dev.portcullis.config.DetectorSettings;
import java.util.Optional;

/** The detectors' thresholds in a scenario file: the same keys as in the configuration. */
final class DetectorOverrides {
  private static final int MOST = 1_000_000;

  private DetectorOverrides() {}

  static DetectorSettings read(Optional<Fields> given) {
    DetectorSettings d = DetectorSettings.DEFAULT;
    if (given.isEmpty()) {
      return d;
    }
    Fields all = given.get();
    var read =
        new DetectorSettings(
            section(all, "object-enumeration")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.ObjectEnumeration(
                            enabled(f),
                            f.duration("window", d.objectEnumeration().window()),
                            f.whole("minimum", 1, MOST, d.objectEnumeration().minimum()),
                            factor(f, d.objectEnumeration().factor()))))
                .orElse(d.objectEnumeration()),
            section(all, "credential-stuffing")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.CredentialStuffing(
                            enabled(f),
                            f.duration("window", d.credentialStuffing().window()),
                            f.whole("failures", 1, MOST, d.credentialStuffing().failures()),
                            f.whole("accounts", 1, MOST, d.credentialStuffing().accounts()))))
                .orElse(d.credentialStuffing()),
            section(all, "injection")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.Injection(
                            enabled(f),
                            f.duration("window", d.injection().window()),
                            f.whole("exchanges", 1, MOST, d.injection().exchanges()))))
                .orElse(d.injection()),
            section(all, "bulk-exfiltration")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.BulkExfiltration(
                            enabled(f),
                            f.duration("window", d.bulkExfiltration().window()),
                            f.whole("minimum", 1, MOST, d.bulkExfiltration().minimum()),
                            factor(f, d.bulkExfiltration().factor()))))
                .orElse(d.bulkExfiltration()),
            section(all, "anonymous-walk")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.AnonymousWalk(
                            enabled(f),
                            f.duration("window", d.anonymousWalk().window()),
                            f.whole("minimum", 1, MOST, d.anonymousWalk().minimum()),
                            factor(f, d.anonymousWalk().factor()))))
                .orElse(d.anonymousWalk()),
            section(all, "credential-theft")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.CredentialTheft(
                            enabled(f),
                            f.duration("established", d.credentialTheft().established()),
                            f.whole("foreign", 1, MOST, d.credentialTheft().foreign()))))
                .orElse(d.credentialTheft()),
            section(all, "distributed-stuffing")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.DistributedStuffing(
                            enabled(f),
                            f.duration("window", d.distributedStuffing().window()),
                            f.whole("failures", 1, MOST, d.distributedStuffing().failures()),
                            f.whole("accounts", 1, MOST, d.distributedStuffing().accounts()))))
                .orElse(d.distributedStuffing()),
            section(all, "credential-theft-ring")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.CredentialTheftRing(
                            enabled(f),
                            f.whole("foreign", 1, MOST, d.credentialTheftRing().foreign()),
                            f.whole(
                                "credentials", 1, MOST, d.credentialTheftRing().credentials()))))
                .orElse(d.credentialTheftRing()),
            section(all, "dormant-function")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.DormantFunction(
                            enabled(f),
                            f.duration("dormant", d.dormantFunction().dormant()),
                            f.whole("uses", 1, MOST, d.dormantFunction().uses()))))
                .orElse(d.dormantFunction()),
            section(all, "foreign-object")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.ForeignObject(
                            enabled(f), f.whole("owners", 1, MOST, d.foreignObject().owners()))))
                .orElse(d.foreignObject()),
            section(all, "authentication-bypass")
                .map(f ->
                    end(
                        f,
                        new DetectorSettings.AuthenticationBypass(
                            enabled(f),
                            f.duration("window", d.authenticationBypass().window()),
                            f.whole("requests", 1, MOST, d.authenticationBypass().requests()))))
                .orElse(d.authenticationBypass()),
            all.whole("states", 1_000, 10 * MOST, d.states()));
    all.end();
    return read;
  }

  private static Optional<Fields> section(Fields all, String name) {
    return all.map(name);
  }

  private static boolean enabled(Fields fields) {
    return fields.word("enabled", Switch.class).orElse(Switch.TRUE) == Switch.TRUE;
  }

  private static double factor(Fields fields, double fallback) {
    return fields.number("factor", 1, 1_000).orElse(fallback);
  }

  private static <T> T end(Fields fields, T read) {
    fields.end();
    return read;
  }

  private enum Switch {
    TRUE,
    FALSE
  }
}
