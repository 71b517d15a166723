package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Many terms, of which an exchange meets one or none: as many look-ups as there are shapes. */
final class Terms {
  private final Map<Integer, Set<Term>> byShape = new HashMap<>();

  void add(Term term) {
    byShape.computeIfAbsent(term.shape(), each -> new HashSet<>()).add(term);
  }

  boolean contains(Term term) {
    return byShape.getOrDefault(term.shape(), Set.of()).contains(term);
  }

  boolean match(Exchange exchange) {
    for (Map.Entry<Integer, Set<Term>> each : byShape.entrySet()) {
      if (Term.of(exchange, each.getKey()).filter(each.getValue()::contains).isPresent()) {
        return true;
      }
    }
    return false;
  }

  Set<Term> all() {
    var all = new HashSet<Term>();
    byShape.values().forEach(all::addAll);
    return all;
  }
}
