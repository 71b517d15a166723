package dev.portcullis.analyze;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Pseudonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one source, credential or route has done so far. Bounded; not thread-safe. */
final class Actor {
  private static final int ROUTES = 16;
  private static final int SAMPLES = 5;

  final DistinctObjects objects = new DistinctObjects();
  final Map<String, Long> routes = new HashMap<>(2);
  final Map<String, Long> attacks = new TreeMap<>();
  final List<Report.Sample> samples = new ArrayList<>(0);
  final List<Long> attackLines = new ArrayList<>(0);
  long taken;
  long bytes;
  long attackRequests;
  long attacksAnswered;
  long loginFailures;
  long loginsAfterFailures;

  void saw(long sequence, Event event) {
    Exchange exchange = event.exchange();
    boolean answered = exchange.status() >= 200 && exchange.status() < 300;
    if (!exchange.subjects().isEmpty()) {
      taken++;
      bytes += exchange.responseBytes();
      for (Pseudonym subject : exchange.subjects()) {
        objects.add(subject.value());
      }
      String route = exchange.route().orElse("");
      if (routes.size() < ROUTES || routes.containsKey(route)) {
        routes.merge(route, 1L, Long::sum);
      }
    }
    if (event.login()) {
      boolean failed = exchange.outcome() instanceof dev.portcullis.journal.Outcome.Refused;
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
      boolean fresh =
          samples.stream().noneMatch(sample -> sample.request().equals(event.sample()));
      if (samples.size() < SAMPLES && fresh) {
        Finding finding = exchange.findings().getFirst();
        attackLines.add(sequence);
        samples.add(
            new Report.Sample(
                event.sample(), finding.rule(), finding.location(), exchange.status()));
      }
    }
  }
}
