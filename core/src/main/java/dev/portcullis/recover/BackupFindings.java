package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.recover.AssetBackups.DestinationState;
import dev.portcullis.recover.AssetBackups.RuleOfThree;
import dev.portcullis.recover.BackupLedger.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What the runs of an asset's backups tell about their health. */
final class BackupFindings {
  /** A backup is late when so many times its interval has passed. */
  static final double LATE = 1.5;

  /** An asset has shrunk when less than this part of it is left. */
  static final double SHRUNK = 0.5;

  /** Data is incompressible when more than this part of it is left after compression. */
  static final double INCOMPRESSIBLE = 0.95;

  /** It used to be compressible when at most this part was left. */
  static final double COMPRESSIBLE = 0.8;

  /** Below so many new bytes, their compression says nothing. */
  static final long TELLING = 256 << 10;

  /** Earlier runs that are compared with. */
  private static final int EARLIER = 9;

  private final AssetSettings asset;
  private final List<String> findings = new ArrayList<>();

  BackupFindings(AssetSettings asset) {
    this.asset = asset;
  }

  DestinationState look(Place place, List<Run> runs, Instant now) {
    List<Run> good = runs.stream().filter(run -> run.failure().isEmpty()).toList();
    Optional<Run> last = good.stream().findFirst();
    Optional<String> failure = runs.stream().findFirst().flatMap(Run::failure);
    failure.ifPresent(findings::add);
    late(place.name(), last, now);
    last.ifPresent(
        run -> changed(place.name(), run, good.stream().skip(1).limit(EARLIER).toList()));
    return new DestinationState(
        place.name(),
        place.restic().location().place(),
        last.map(Run::started),
        runs.stream().findFirst().map(Run::started),
        failure,
        last.map(Run::bytes).orElse(0L),
        last.map(Run::added).orElse(0L),
        last.map(Run::packed).orElse(0L));
  }

  private void late(String destination, Optional<Run> last, Instant now) {
    if (last.isEmpty()) {
      findings.add(
          "No backup of "
              + asset.name()
              + " has reached "
              + destination
              + " yet: take one with"
              + " `portcullis backup "
              + asset.name()
              + "`");
      return;
    }
    Duration age = Duration.between(last.get().started(), now);
    if (age.toMillis() > asset.every().toMillis() * LATE) {
      findings.add(
          "The backup of "
              + asset.name()
              + " to "
              + destination
              + " is late: the last good one is "
              + age.toSeconds()
              + " s old where one is due every "
              + asset.every().toSeconds()
              + " s");
    }
  }

  private void changed(String destination, Run last, List<Run> earlier) {
    if (earlier.isEmpty()) {
      return;
    }
    long usual = median(earlier.stream().map(Run::bytes).toList());
    if (last.bytes() < usual * SHRUNK) {
      findings.add(
          asset.name()
              + " has shrunk: the last backup to "
              + destination
              + " saw "
              + last.bytes()
              + " bytes where it was "
              + usual
              + " before; see whether data was deleted, and"
              + " restore from before it if so");
    }
    if (last.added() >= TELLING && last.packed() > last.added() * INCOMPRESSIBLE) {
      List<Run> telling = earlier.stream().filter(run -> run.added() >= TELLING).toList();
      long left = median(telling.stream().map(r -> r.packed() * 100 / r.added()).toList());
      if (!telling.isEmpty() && left <= COMPRESSIBLE * 100) {
        findings.add(
            "What is new in "
                + asset.name()
                + " can't be compressed any more ("
                + last.packed()
                + " of "
                + last.added()
                + " bytes are left, where it was "
                + left
                + " % before): it may have been encrypted by an attacker; keep the earlier"
                + " recovery points and look at the live data");
      }
    }
  }

  void add(String finding) {
    findings.add(finding);
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  /** Whether 3-2-1-1-0 is fulfilled. */
  static RuleOfThree rule(List<DestinationSettings> with, Optional<Boolean> proven) {
    var media = new HashSet<String>();
    media.add("disk"); // the live asset's
    with.forEach(destination -> media.add(destination.medium()));
    int copies = 1 + with.size();
    int offsite = (int) with.stream().filter(DestinationSettings::offsite).count();
    int immutable = (int) with.stream().filter(DestinationSettings::immutable).count();
    var missing = new ArrayList<String>();
    need(copies >= 3, "3 copies (there are " + copies + ", the live one included)", missing);
    need(media.size() >= 2, "2 media (there is only " + String.join(", ", media) + ")", missing);
    need(offsite >= 1, "1 copy offsite", missing);
    need(immutable >= 1, "1 copy that can't be altered", missing);
    need(
        proven.orElse(false),
        "0 errors in a restore (" + (proven.isEmpty() ? "none was made" : "the last failed") + ")",
        missing);
    return new RuleOfThree(
        copies, media.size(), offsite, immutable, proven.orElse(false), List.copyOf(missing));
  }

  private static void need(boolean there, String what, List<String> missing) {
    if (!there) {
      missing.add(what);
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0L);
  }
}
