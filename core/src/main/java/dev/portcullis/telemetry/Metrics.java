package dev.portcullis.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The node's meters; names are in dotted lower case and begin with {@code portcullis.}. */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Where parts register theirs. */
  public MeterRegistry registry() {
    return registry;
  }

  /** In Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }
}
