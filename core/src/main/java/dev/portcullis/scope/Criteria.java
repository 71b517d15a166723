package dev.portcullis.scope;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which exchanges are hostile, drawn from what an incident's signals name.
 *
 * <p>A signal that knows credential and source makes exactly their combination hostile: the owner
 * of a stolen credential goes on using it from elsewhere, and the thief's address may be shared.
 */
public final class Criteria {
  private record Pair(String credential, String source) {}

  private final Set<Pair> pairs = new HashSet<>();
  private final Set<String> pairCredentials = new HashSet<>();
  private final Set<String> pairSources = new HashSet<>();
  private final Set<String> credentials = new HashSet<>();
  private final Set<String> sources = new HashSet<>();
  private final Set<String> accounts = new HashSet<>();
  private final Set<Long> evidence = new HashSet<>();

  /** What is hostile, in words, each with the detectors that said so. */
  private final Map<String, Set<String>> words = new TreeMap<>();

  private final List<String> unknown = new ArrayList<>();

  /** Of an incident's signals. */
  public Criteria(List<Signal> signals) {
    signals.forEach(this::take);
    if (signals.isEmpty()) {
      unknown.add("The incident has no signals: nothing tells which exchanges are hostile");
    }
  }

  private void take(Signal signal) {
    Principals whom = signal.principals();
    if (whom.credential().isPresent() && whom.source().isPresent()) {
      var pair = new Pair(whom.credential().get(), whom.source().get());
      pairs.add(pair);
      pairCredentials.add(pair.credential());
      pairSources.add(pair.source());
      say(signal, "with credential " + pair.credential() + " from source " + pair.source());
    } else if (whom.credential().isPresent()) {
      credentials.add(whom.credential().get());
      say(signal, "with credential " + whom.credential().get() + ", from any source");
    } else if (whom.source().isPresent()) {
      sources.add(whom.source().get());
      say(signal, "from source " + whom.source().get() + ", with any credential or none");
    } else if (whom.account().isPresent()) {
      accounts.add(whom.account().get());
      say(signal, "of account " + whom.account().get() + ", from any source");
    } else {
      evidence.addAll(signal.evidence());
      say(signal, "that a signal without credential, source or account names as its evidence");
      unknown.add(
          "Signal %s names neither credential, source nor account: only its %d exchanges of evidence"
                  .formatted(signal.id(), signal.evidence().size())
              + " are counted, others may belong to them");
    }
  }

  private void say(Signal signal, String which) {
    words
        .computeIfAbsent("Hostile is every exchange " + which, each -> new TreeSet<>())
        .add(signal.detector());
  }

  /** Whether that exchange is part of the breach. */
  public boolean isHostile(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    if (sources.contains(exchange.source()) || evidence.contains(entry.sequence())) {
      return true;
    }
    if (exchange.account().filter(accounts::contains).isPresent()) {
      return true;
    }
    return exchange
        .credential()
        .filter(credential ->
            credentials.contains(credential)
                || pairs.contains(new Pair(credential, exchange.source())))
        .isPresent();
  }

  /** What to read to find them all: every hostile exchange, and others. */
  public Selection selection() {
    var named = new HashSet<String>(credentials);
    named.addAll(pairCredentials);
    return new Selection(
        Set.copyOf(named),
        Set.copyOf(accounts),
        Set.copyOf(sources),
        Set.of(),
        Set.of(),
        Set.copyOf(evidence),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether that credential is hostile from some sources only. */
  boolean isStolen(String credential) {
    return pairCredentials.contains(credential);
  }

  /** Whether that source is hostile with some credentials only. */
  boolean isSuspect(String source) {
    return pairSources.contains(source);
  }

  /** For people. */
  public List<String> words() {
    return words.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .toList();
  }

  /** What the signals leave open. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }
}
