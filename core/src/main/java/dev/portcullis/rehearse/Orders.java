package dev.portcullis.rehearse;

import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The containment of the default playbook ({@code contain: credential}): the credential, else the
 * source, else, where nobody can be named, the route; inside the default budget of accounts.
 */
final class Orders {
  private static final Duration RECENT = Duration.ofHours(1);

  private final Set<String> inForce = new TreeSet<>();
  private final Set<String> hit = new HashSet<>();
  private final Map<String, Map<String, Instant>> accountsBy = new HashMap<>();
  private final Map<String, Instant> accounts = new HashMap<>();
  private int needPerson;

  boolean refuses(Request request) {
    return inForce.contains("source " + request.source())
        || inForce.contains("route " + request.traffic().route())
        || (request.credential().isEmpty()
            && inForce.contains("strangers " + request.traffic().route()))
        || request.credential().filter(id -> inForce.contains("credential " + id)).isPresent();
  }

  /** Keeps in mind who would be hit. */
  void saw(Exchange exchange) {
    exchange
        .account()
        .ifPresent(account -> {
          accounts.put(account, exchange.at());
          saw("source " + exchange.source(), account, exchange.at());
          saw("route " + exchange.route().orElse(""), account, exchange.at());
          if (exchange.credential().isEmpty()) {
            saw("strangers " + exchange.route().orElse(""), account, exchange.at());
          }
          exchange.credential().ifPresent(id -> saw("credential " + id, account, exchange.at()));
        });
  }

  private void saw(String target, String account, Instant at) {
    accountsBy.computeIfAbsent(target, unseen -> new HashMap<>()).put(account, at);
  }

  void contain(Signal signal, Instant now) {
    Principals whom = signal.principals();
    String closed = signal.detector().equals("distributed-stuffing") ? "route " : "strangers ";
    Optional<String> target =
        whom.credential()
            .map(id -> "credential " + id)
            .or(() -> whom.source().map(source -> "source " + source))
            .or(() ->
                whom.account().isPresent()
                    ? Optional.empty()
                    : whom.route().map(route -> closed + route));
    if (target.isEmpty()) {
      needPerson++;
      return;
    }
    if (inForce.contains(target.get())) {
      return;
    }
    var together = new HashSet<String>(hit);
    whom.account().ifPresent(together::add);
    accountsBy
        .getOrDefault(target.get(), Map.of())
        .forEach((account, at) -> {
          if (at.isAfter(now.minus(RECENT))) {
            together.add(account);
          }
        });
    long seen = accounts.values().stream().filter(at -> at.isAfter(now.minus(RECENT))).count();
    int allowed = Math.max(1, (int) (ContainmentSettings.DEFAULT.accountShare() * seen));
    if (together.size() > hit.size() && together.size() > allowed) {
      needPerson++;
      return;
    }
    hit.addAll(together);
    inForce.add(target.get());
  }

  Set<String> inForce() {
    return Set.copyOf(inForce);
  }

  /** Signals after which a person had to decide. */
  int needPerson() {
    return needPerson;
  }
}
