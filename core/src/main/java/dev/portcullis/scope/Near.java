package dev.portcullis.scope;

import dev.portcullis.journal.Selection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** By what something may be tied to the hostile uses. */
final class Near {
  private final Set<String> credentials = new HashSet<>();
  private final Set<String> accounts = new HashSet<>();
  private final Set<String> sources = new HashSet<>();
  private final Set<String> sessions = new HashSet<>();
  private final Set<Use.Software> software = new HashSet<>();
  private long beyondLimit;

  Near(Collection<Strand> hostile) {
    for (Strand strand : hostile) {
      Use use = strand.use();
      use.credential().ifPresent(each -> put(credentials, each));
      use.account().ifPresent(each -> put(accounts, each));
      put(sources, use.source());
      strand.hostileSessions().forEach(each -> put(sessions, each));
      if (use.software().isKnown()) {
        put(software, use.software());
      }
    }
  }

  private <T> void put(Set<T> names, T name) {
    if (names.size() < ScopeLimits.NAMES || names.contains(name)) {
      names.add(name);
    } else {
      beyondLimit++;
    }
  }

  Set<String> credentials() {
    return credentials;
  }

  Set<String> accounts() {
    return accounts;
  }

  Set<String> sources() {
    return sources;
  }

  Set<String> sessions() {
    return sessions;
  }

  Set<Use.Software> software() {
    return software;
  }

  /** Whether it has nothing in common with a hostile use except its software. */
  boolean isOnlySoftware(Use use) {
    return !sources.contains(use.source())
        && use.credential().filter(credentials::contains).isEmpty()
        && use.account().filter(accounts::contains).isEmpty();
  }

  /** What is to be read to find the neighbours, apart from those that share only software. */
  Selection selection(Optional<Instant> until) {
    return new Selection(
        credentials, accounts, sources, Set.of(), sessions, Set.of(), Optional.empty(), until);
  }

  /** Of the hostile uses, sorted. */
  Set<String> fingerprints() {
    var fingerprints = new TreeSet<String>();
    software.forEach(each -> each.fingerprint().ifPresent(fingerprints::add));
    return fingerprints;
  }

  /** All with that fingerprint. */
  static Selection selection(String fingerprint, Optional<Instant> until) {
    return new Selection(
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(fingerprint),
        Set.of(),
        Set.of(),
        Optional.empty(),
        until);
  }

  /** Names by which neighbours were not looked for. */
  long beyondLimit() {
    return beyondLimit;
  }
}
