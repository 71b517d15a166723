package dev.portcullis.incident;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Signal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An incident's title in plain language: {@code Object enumeration with credential key-ab12
 * (account northside) from 127.0.0.66}. The same signals in the same order give the same title.
 */
final class Titles {
  /** Characters of a title. */
  static final int MAX_TITLE = 300;

  private Titles() {}

  static String of(List<Signal> signals) {
    var title = new StringBuilder(what(signals));
    String credential = some(signals, Principals::credential);
    String account = some(signals, Principals::account);
    String source = some(signals, Principals::source);
    String route = some(signals, Principals::route);
    if (!credential.isEmpty()) {
      title.append(" with credential ").append(credential);
      if (!account.isEmpty()) {
        title.append(" (account ").append(account).append(')');
      }
    } else if (!account.isEmpty()) {
      title.append(" by account ").append(account);
    }
    if (!source.isEmpty()) {
      title.append(" from ").append(source);
    }
    if (credential.isEmpty() && account.isEmpty() && source.isEmpty() && !route.isEmpty()) {
      title.append(" on route ").append(route);
    }
    return title.length() <= MAX_TITLE ? title.toString() : title.substring(0, MAX_TITLE - 1) + "…";
  }

  private static String what(List<Signal> signals) {
    String names =
        signals.stream()
            .map(signal -> signal.detector().replace('-', ' '))
            .distinct()
            .collect(Collectors.joining(" and "));
    return names.isEmpty() ? names : Character.toUpperCase(names.charAt(0)) + names.substring(1);
  }

  /** The first one seen, and how many others there are. */
  private static String some(
      List<Signal> signals, Function<Principals, Optional<String>> principal) {
    Set<String> seen = new LinkedHashSet<>();
    signals.forEach(signal -> principal.apply(signal.principals()).ifPresent(seen::add));
    if (seen.isEmpty()) {
      return "";
    }
    String first = seen.iterator().next();
    return seen.size() == 1 ? first : first + " and " + (seen.size() - 1) + " more";
  }
}
