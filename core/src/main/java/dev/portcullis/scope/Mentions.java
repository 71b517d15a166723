package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up the exchanges that name one data subject. */
final class Mentions {
  private final Pseudonym subject;
  private long exchanges;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  /** Routes, accounts and classes are configured ones: a handful. */
  private final Map<String, Long> routes = new TreeMap<>();

  private final Map<String, Long> accounts = new TreeMap<>();
  private final Set<String> classes = new TreeSet<>();

  Mentions(Pseudonym subject) {
    this.subject = subject;
  }

  /** Whether that exchange names the subject in its request, its response or its path. */
  static boolean names(Exchange exchange, Pseudonym subject) {
    return exchange.response().subjects().contains(subject)
        || exchange.request().subjects().contains(subject)
        || exchange.path().indexOf('~') >= 0
            && (exchange.path() + "/").contains("/" + subject + "/");
  }

  void see(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    if (!names(exchange, subject)) {
      return;
    }
    exchanges++;
    if (first.isEmpty() || exchange.at().isBefore(first.get())) {
      first = Optional.of(exchange.at());
    }
    if (last.isEmpty() || exchange.at().isAfter(last.get())) {
      last = Optional.of(exchange.at());
    }
    exchange.route().ifPresent(route -> routes.merge(route, 1L, Long::sum));
    exchange.account().ifPresent(account -> accounts.merge(account, 1L, Long::sum));
    if (exchange.response().subjects().contains(subject)) {
      classes.addAll(exchange.response().dataClasses());
    }
    if (exchange.request().subjects().contains(subject)) {
      classes.addAll(exchange.request().dataClasses());
    }
  }

  SubjectRecord record(Optional<String> unknown) {
    return new SubjectRecord(
        Optional.of(subject),
        exchanges,
        first,
        last,
        Collections.unmodifiableMap(routes),
        Collections.unmodifiableMap(accounts),
        Collections.unmodifiableSet(classes),
        unknown);
  }
}
