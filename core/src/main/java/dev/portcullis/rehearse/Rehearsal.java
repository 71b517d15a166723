package dev.portcullis.rehearse;

import dev.portcullis.detect.Detection;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Plays a scenario in virtual time: requests in order, each recorded, each record told to the
 * detectors, each signal contained before the next request. Deterministic: the same scenario and
 * seed give the same result.
 */
public final class Rehearsal {
  /** Requests of one scenario. */
  static final int MAX_REQUESTS = 2_000_000;

  private Rehearsal() {}

  /**
   * Plays it.
   *
   * @throws ScenarioException when it is too large
   */
  public static RehearsalResult run(Scenario scenario, long seed) {
    return run(scenario, seed, false);
  }

  /**
   * Plays it.
   *
   * @param blind whether nothing is known of the clients' software, as behind another proxy
   * @throws ScenarioException when it is too large
   */
  public static RehearsalResult run(Scenario scenario, long seed, boolean blind) {
    var queue =
        new PriorityQueue<Running>(
            Comparator.comparing((Running running) -> running.flow().at())
                .thenComparingInt(Running::number));
    flows(scenario, seed, blind).stream().filter(each -> each.flow().hasNext()).forEach(queue::add);
    var detection = new Detection(scenario.settings());
    var orders = new Orders();
    var observer = new Observer();
    var journal = new ArrayList<JournalEntry>();
    Set<String> loggedIn = new HashSet<>();
    while (!queue.isEmpty()) {
      Running running = queue.poll();
      Request request = running.flow().next();
      if (running.flow().hasNext()) {
        queue.add(running);
      }
      if (request.traffic().actors().afterLogin()
          && request.account().filter(loggedIn::contains).isEmpty()) {
        continue;
      }
      if (journal.size() == MAX_REQUESTS) {
        throw new ScenarioException(
            scenario.name() + ": more than " + MAX_REQUESTS + " requests; make it smaller");
      }
      Outcome outcome =
          orders.refuses(request)
              ? new Outcome.Refused("containment", "order-in-force")
              : request.outcome();
      Exchange exchange = request.exchange(outcome);
      if (request.traffic().loginSuccess().isPresent()) {
        exchange.account().filter(name -> exchange.status() == 200).ifPresent(loggedIn::add);
      }
      var entry = new JournalEntry(journal.size(), exchange);
      journal.add(entry);
      observer.saw(request, entry);
      orders.saw(exchange);
      for (Signal signal : detection.accept(entry)) {
        if (exchange.at().isBefore(Flow.BEGIN.plus(scenario.learning()))) {
          observer.heardWhileLearning();
          continue;
        }
        observer.heard(signal);
        orders.contain(signal, exchange.at());
      }
    }
    return observer.result(scenario, orders, journal);
  }

  private record Running(int number, Flow flow) {}

  private static List<Running> flows(Scenario scenario, long seed, boolean blind) {
    var all = new ArrayList<Traffic>(scenario.ordinary());
    all.addAll(scenario.attack());
    long requests =
        all.stream()
            .mapToLong(each -> (long) each.timing().requests() * each.timing().repeats())
            .sum();
    if (requests > MAX_REQUESTS || all.size() > 200) {
      throw new ScenarioException(
          "%s: %d requests of %d groups (expected: at most %d of 200)"
              .formatted(scenario.name(), requests, all.size(), MAX_REQUESTS));
    }
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, Traffic> byName = new HashMap<>();
    for (Traffic traffic : all) {
      numbers.put(traffic.name(), numbers.size());
      byName.put(traffic.name(), traffic);
    }
    var flows = new ArrayList<Running>();
    for (Traffic traffic : all) {
      int network = numbers.getOrDefault(traffic.sources().at().orElse(traffic.name()), 0);
      flows.add(
          new Running(
              flows.size(),
              new Flow(
                  traffic,
                  scenario.attack().contains(traffic),
                  accounts(traffic, byName),
                  network,
                  seed,
                  blind)));
    }
    return flows;
  }

  private static List<String> accounts(Traffic traffic, Map<String, Traffic> byName) {
    Traffic owner =
        traffic.actors().uses().map(name -> byName.getOrDefault(name, traffic)).orElse(traffic);
    List<String> accounts = Flow.own(owner);
    return accounts.subList(0, Math.min(accounts.size(), traffic.actors().take()));
  }
}
