package dev.portcullis.respond;

import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.gate.blocklist.Restriction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whom an order would hit, and whether an automatic one may (promise 7): automatic orders in force
 * and this one together hit at most the configured share of the accounts seen in the last hour, at
 * least one, and never a protected account.
 */
final class Impact {
  private final RecentTraffic traffic;
  private final ContainmentSettings settings;
  private final Set<String> protectedAccounts;

  Impact(RecentTraffic traffic, ContainmentSettings settings, Set<String> protectedAccounts) {
    this.traffic = traffic;
    this.settings = settings;
    this.protectedAccounts = Set.copyOf(protectedAccounts);
  }

  /**
   * @param known accounts that it is known to hit, whatever the journal says
   * @param hitAlready accounts that automatic orders in force hit
   */
  Preview of(
      Restriction.Kind kind,
      String target,
      Set<String> known,
      Set<String> hitAlready,
      Instant now) {
    traffic.refresh(now);
    RecentTraffic.Hits hits = traffic.hits(matcher(kind, target));
    Set<String> accounts = new TreeSet<>(hits.accounts());
    accounts.addAll(known);
    if (kind == Restriction.Kind.SUSPEND_ACCOUNT) {
      accounts.add(target);
    }
    Set<String> all = traffic.accounts();
    all.addAll(accounts);
    int allowed = Math.max(1, (int) (settings.accountShare() * all.size()));
    Optional<String> objection = objection(kind, accounts, hitAlready, allowed);
    String explanation =
        "%s: would hit %d of %d accounts seen in the last hour; automatic orders may hit %d together, those in force hit %d."
            .formatted(
                Words.effect(kind, target),
                accounts.size(),
                all.size(),
                allowed,
                hitAlready.size());
    return new Preview(
        RecentTraffic.WINDOW,
        hits.exchanges(),
        List.copyOf(accounts),
        List.copyOf(hits.sources()),
        all.size(),
        objection.isEmpty(),
        explanation
            + objection.map(text -> " " + text).orElse("")
            + traffic.gap(now).map(text -> " " + text).orElse(""));
  }

  private Optional<String> objection(
      Restriction.Kind kind, Set<String> accounts, Set<String> hitAlready, int allowed) {
    Set<String> untouchable = new TreeSet<>(accounts);
    untouchable.retainAll(protectedAccounts);
    if (!untouchable.isEmpty()) {
      return Optional.of("Protected: " + String.join(", ", untouchable) + ".");
    }
    boolean named =
        kind == Restriction.Kind.SUSPEND_ACCOUNT
            || (kind == Restriction.Kind.REVOKE_CREDENTIAL && !accounts.isEmpty());
    if (traffic.isUnreadable() && !named) {
      return Optional.of("Whom it hits can't be known.");
    }
    Set<String> together = new TreeSet<>(hitAlready);
    boolean adds = together.addAll(accounts);
    return adds && together.size() > allowed
        ? Optional.of("That would be " + together.size() + ": beyond the budget.")
        : Optional.empty();
  }

  private static Predicate<RecentTraffic.Use> matcher(Restriction.Kind kind, String target) {
    Optional<String> wanted = Optional.of(target);
    return switch (kind) {
      case REVOKE_CREDENTIAL -> use -> use.credential().equals(wanted);
      case SUSPEND_ACCOUNT -> use -> use.account().equals(wanted);
      case BLOCK_SOURCE -> {
        AddressRange range = AddressRange.parse(target).orElseThrow();
        yield use -> range.contains(use.source());
      }
      case CLOSE_ROUTE -> use -> use.route().equals(wanted);
      case REQUIRE_AUTHENTICATION ->
          use -> use.credential().isEmpty() && use.route().equals(wanted);
      case READ_ONLY_ROUTE -> use -> !use.safe() && use.route().equals(wanted);
    };
  }
}
