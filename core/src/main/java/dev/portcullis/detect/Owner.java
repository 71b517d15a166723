package dev.portcullis.detect;

import dev.portcullis.journal.Exchange;

/** What one credential is used for by whoever it belongs to, and at which networks. */
final class Owner {
  /** Exchanges that make a habit. */
  static final int HABIT = 30;

  /** Networks and routes of one credential that are told apart. */
  static final int NETWORKS = 64;

  /** A home where more of the reads are new than that has no records of its own. */
  private static final double RANGES_FREELY = 0.5;

  /** What a request at a new network is, to one who knows the owner. */
  enum Likeness {
    /** One of its data subjects is the owner's. */
    FAMILIAR,
    /** Its route, or all of its data subjects, are new. */
    FOREIGN,
    /** It could be anybody's. */
    NEITHER
  }

  private final Known subjects = new Known();
  private final Known routes = new Known(NETWORKS);
  private final Known networks = new Known(NETWORKS);
  private long first = Long.MIN_VALUE;
  private long last = Long.MIN_VALUE;
  private long exchanges;
  private double ranging;

  /** Time only goes on: exchanges are journaled as they end, not as they began. */
  long advance(long at) {
    last = Math.max(last, at);
    if (first == Long.MIN_VALUE) {
      first = last;
    }
    return last;
  }

  /** Whether it has been in use for so long, and so often. */
  boolean isEstablished(long millis, int uses) {
    return last - first >= millis && exchanges >= uses;
  }

  boolean wasAt(long network) {
    return networks.contains(network);
  }

  void learn(Exchange exchange, long network) {
    networks.add(network);
    routes.add(Hashes.of(exchange.route().orElse("")));
    boolean allNew = !exchange.subjects().isEmpty();
    for (var subject : exchange.subjects()) {
      allNew &= subjects.add(Hashes.of(subject.value()));
    }
    // Slow, so that a busy hour does not make a home where everything is new.
    if (!exchange.subjects().isEmpty() && exchanges >= HABIT / 2) {
      ranging += ((allNew ? 1 : 0) - ranging) / 50;
    }
    exchanges++;
  }

  Likeness judge(Exchange exchange) {
    boolean known =
        exchange.subjects().stream()
            .anyMatch(subject -> subjects.contains(Hashes.of(subject.value())));
    if (known) {
      return Likeness.FAMILIAR;
    }
    boolean newRoute = !routes.contains(Hashes.of(exchange.route().orElse("")));
    boolean newSubjects = !exchange.subjects().isEmpty() && ranging <= RANGES_FREELY;
    return newRoute || newSubjects ? Likeness.FOREIGN : Likeness.NEITHER;
  }

  int weight() {
    return subjects.size() + routes.size() + networks.size();
  }

  /** The first three bytes of an IPv4 address, the first three groups of an IPv6 one. */
  static long network(String source) {
    boolean six = source.indexOf(':') >= 0;
    int end = -1;
    for (int part = 0; part < 3; part++) {
      int next = source.indexOf(six ? ':' : '.', end + 1);
      if (next < 0) {
        return Hashes.of(source);
      }
      end = next;
    }
    return Hashes.of(source.substring(0, end));
  }
}
