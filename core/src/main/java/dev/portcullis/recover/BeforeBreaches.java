package dev.portcullis.recover;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last recovery points before each breach that a restore may have to go back before. */
public final class BeforeBreaches implements RetentionRule {
  /** The last one may have been made while the thief was not noticed yet. */
  static final int KEPT = 2;

  private static final Logger LOG = LoggerFactory.getLogger(BeforeBreaches.class);

  private final Breaches breaches;

  /** Of those breaches. */
  public BeforeBreaches(Breaches breaches) {
    this.breaches = breaches;
  }

  @Override
  public boolean keeps(RecoveryPoint point, List<RecoveryPoint> all) {
    List<Instant> beginnings;
    try {
      beginnings = breaches.beginnings();
    } catch (RuntimeException e) {
      LOG.error("{} is not removed: what must be kept can't be told", point.id(), e);
      return true;
    }
    return beginnings.stream()
        .anyMatch(beginning ->
            all.stream()
                .filter(each -> each.at().isBefore(beginning))
                .limit(KEPT)
                .anyMatch(point::equals));
  }
}
