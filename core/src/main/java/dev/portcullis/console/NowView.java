package dev.portcullis.console;

import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.RecoveryPoint;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Order;
import dev.portcullis.telemetry.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The page <em>Now</em>: is anything burning?
 *
 * @param notRecording why the journal can't record; empty when it can
 * @param clocks of the open incidents, the most urgent first
 * @param story how far the newest open incident is
 */
public record NowView(
    String node,
    String notRecording,
    Traffic.Totals totals,
    long exchanges,
    List<Incident> incidents,
    List<Station> story,
    List<Order> orders,
    List<Clock> clocks,
    List<AssetRow> assets,
    Optional<RestoreReport> lastRestore,
    List<Signal> signals) {

  /**
   * One station of the path of a breach.
   *
   * @param note what happened there
   */
  public record Station(String name, boolean done, String note) {}

  /** One asset with its objectives and its newest recovery point. */
  public record AssetRow(
      String name, int points, Optional<RecoveryPoint> last, Duration rto, Duration rpo) {}
}
