package dev.portcullis.analyze;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one source, credential or route has done so far. Bounded; not thread-safe. */
final class Actor {
  private static final int ROUTES = 16;
  private static final int SAMPLES = 5;

  final DistinctObjects objects = new DistinctObjects();
  private final Map<String, long[]> routes = new HashMap<>(2);
  final Map<String, Long> attacks = new TreeMap<>();
  final List<Report.Sample> samples = new ArrayList<>(0);
  final List<Long> attackLines = new ArrayList<>(0);
  long taken;
  long bytes;
  long attackRequests;
  long attacksAnswered;
  long loginFailures;
  long loginsAfterFailures;
  private String lastRoute = "";
  private long[] lastRouteCount = new long[1];

  void saw(long sequence, Event event) {
    Exchange exchange = event.exchange();
    boolean answered = exchange.status() >= 200 && exchange.status() < 300;
    if (event.objects().length > 0) {
      taken++;
      bytes += exchange.responseBytes();
      for (long object : event.objects()) {
        objects.add(object);
      }
      String route = exchange.route().orElse("");
      if (route.equals(lastRoute)) {
        lastRouteCount[0]++;
      } else if (routes.size() < ROUTES || routes.containsKey(route)) {
        lastRoute = route;
        lastRouteCount = routes.computeIfAbsent(route, unseen -> new long[1]);
        lastRouteCount[0]++;
      }
    }
    if (event.login()) {
      boolean failed = exchange.outcome() instanceof Outcome.Refused;
      loginFailures += failed ? 1 : 0;
      boolean in = exchange.status() >= 200 && exchange.status() < 400 && !failed;
      loginsAfterFailures += in && loginFailures >= 10 ? 1 : 0;
    }
    if (!exchange.findings().isEmpty()) {
      attackRequests++;
      attacksAnswered += answered ? 1 : 0;
      exchange.findings().stream()
          .map(Finding::category)
          .distinct()
          .forEach(category -> attacks.merge(category, 1L, Long::sum));
      boolean fresh = samples.stream().noneMatch(sample -> sample.request().equals(event.sample()));
      if (samples.size() < SAMPLES && fresh) {
        Finding finding = exchange.findings().getFirst();
        attackLines.add(sequence);
        samples.add(
            new Report.Sample(
                event.sample(), finding.rule(), finding.location(), exchange.status()));
      }
    }
  }

  /** Routes whose objects were asked for, most used first. */
  List<String> routes(int most) {
    return routes.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, long[]> entry) -> entry.getValue()[0])
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
