package dev.portcullis.respond;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.gate.blocklist.Blocklist;
import dev.portcullis.gate.blocklist.Restriction;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.journal.Journal;
import dev.portcullis.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Orders in the relational store. Each change is committed first and put in force second, both
 * under one lock: the gate never obeys an order that a crash could lose, and when a call returns
 * the next request meets what it decided (promise 1).
 */
public final class StoredContainment implements Containment {
  /** Orders in force together. */
  static final int MAX_IN_FORCE = 10_000;

  /** The longest an order lasts. */
  static final Duration MAX_EXPIRY = Duration.ofDays(3_650);

  private final Jdbi jdbi;
  private final Blocklist blocklist;
  private final IncidentDesk desk;
  private final InstantSource clock;
  private final Targets targets;
  private final RecentTraffic traffic;
  private final Impact impact;
  private final TimelineOutbox outbox;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Puts the orders in force into the block list before it returns: construct it before the gate
   * opens.
   *
   * @param accounts as configured: the protected among them are never hit automatically
   * @param routes names of all routes
   * @param desk whose timelines tell of each order
   */
  public StoredContainment(
      Store store,
      Blocklist blocklist,
      Journal journal,
      IncidentDesk desk,
      ContainmentSettings settings,
      Collection<AccountSettings> accounts,
      Set<String> routes,
      InstantSource clock) {
    this.jdbi = store.jdbi();
    this.blocklist = blocklist;
    this.desk = desk;
    this.clock = clock;
    this.targets = new Targets(routes);
    this.traffic = new RecentTraffic(journal);
    this.impact =
        new Impact(
            traffic,
            settings,
            accounts.stream()
                .filter(AccountSettings::isProtected)
                .map(AccountSettings::name)
                .collect(Collectors.toSet()));
    this.outbox = new TimelineOutbox(jdbi, desk);
    locked(() -> putInForce(clock.instant()));
    outbox.drain();
  }

  /** What became of an automatic order. */
  sealed interface Attempt {
    /**
     * It is in force.
     *
     * @param isNew false when it was in force before
     */
    record InForce(Order order, boolean isNew) implements Attempt {}

    /** Nothing was ordered: a person must decide, for that reason. */
    record NeedsPerson(String reason) implements Attempt {}
  }

  @Override
  public Order apply(Request request) {
    Instant now = clock.instant();
    String target = checked(request);
    Order order =
        locked(() ->
            standing(request.kind(), target, now)
                .orElseGet(() -> put(request, target, now, hitBy(request, target, now))));
    outbox.drain();
    return order;
  }

  /**
   * The machine's {@link #apply}: looks whom it hits and puts it in force in one step, so that two
   * at once can't exceed the budget together. It does not overrule a person who has released the
   * same order in the same incident.
   *
   * @param known accounts that it is known to hit
   */
  Attempt applyWithinBudget(Request request, Set<String> known) {
    Instant now = clock.instant();
    String target = checked(request);
    Attempt attempt =
        locked(() -> {
          Optional<Order> before = standing(request.kind(), target, now);
          if (before.isPresent()) {
            return new Attempt.InForce(before.get(), false);
          }
          Optional<Order> released = releasedByPerson(request, target);
          if (released.isPresent()) {
            return new Attempt.NeedsPerson(released.get().id() + " was released by a person.");
          }
          Preview preview = impact.of(request.kind(), target, known, hitAutomatically(now), now);
          return preview.withinBudget()
              ? new Attempt.InForce(put(request, target, now, Set.copyOf(preview.accounts())), true)
              : new Attempt.NeedsPerson(preview.explanation());
        });
    outbox.drain();
    return attempt;
  }

  @Override
  public Preview preview(Restriction.Kind kind, String target) {
    Instant now = clock.instant();
    // Asked by a person, who may look at any target.
    String checked = targets.check(kind, target, "a person");
    return impact.of(kind, checked, Set.of(), hitAutomatically(now), now);
  }

  @Override
  public Order release(String order, String author, String reason) {
    require("author", author);
    require("reason", reason);
    Instant now = clock.instant();
    Order released =
        locked(() -> {
          Order before =
              jdbi.withHandle(handle -> OrderRows.find(handle, order))
                  .orElseThrow(() ->
                      new IllegalArgumentException(
                          "There is no order '%s' (expected: the id of one in force, such as ORD-1)"
                              .formatted(order)));
          if (!before.isInForce(now)) {
            throw new IllegalArgumentException(
                order
                    + " is not in force any more: "
                    + before
                        .released()
                        .map(r -> "released by " + r.author() + " at " + r.at())
                        .orElse("it ended by itself at " + before.expiresAt()));
          }
          jdbi.useTransaction(handle -> {
            OrderRows.release(handle, order, new Order.Release(now, author, reason));
            tell(
                handle,
                before,
                now,
                author,
                before.id()
                    + " released: no longer "
                    + Words.effect(before.kind(), before.target())
                    + ". "
                    + reason);
          });
          putInForce(now);
          return jdbi.withHandle(handle -> OrderRows.find(handle, order)).orElseThrow();
        });
    outbox.drain();
    return released;
  }

  @Override
  public List<Order> list() {
    return jdbi.withHandle(OrderRows::newest);
  }

  /**
   * Takes the orders whose time has come out of force. To be called every second or so.
   *
   * @return how many there were
   */
  public int expire() {
    Instant now = clock.instant();
    int count =
        locked(() -> {
          List<Order> overdue = jdbi.withHandle(handle -> OrderRows.overdue(handle, now));
          if (!overdue.isEmpty()) {
            jdbi.useTransaction(handle ->
                overdue.forEach(order -> {
                  OrderRows.expire(handle, order.id(), now);
                  tell(
                      handle,
                      order,
                      now,
                      TimelineEntry.MACHINE,
                      order.id()
                          + " expired: no longer "
                          + Words.effect(order.kind(), order.target()));
                }));
            putInForce(now);
          }
          return overdue.size();
        });
    outbox.drain();
    return count;
  }

  /**
   * Reads what is new in the journal, so that the next preview, and the next automatic order, need
   * not. To be called every few seconds.
   */
  public void refresh() {
    traffic.refresh(clock.instant());
  }

  /** The one way into timelines: two of them would write a line twice. */
  TimelineOutbox outbox() {
    return outbox;
  }

  private String checked(Request request) {
    require("author", request.author());
    require("reason", request.reason());
    if (request.expiry().toMillis() <= 0 || request.expiry().compareTo(MAX_EXPIRY) > 0) {
      throw new IllegalArgumentException(
          "expiry: %s (expected: more than nothing, at most %d days)"
              .formatted(request.expiry(), MAX_EXPIRY.toDays()));
    }
    request
        .incident()
        .filter(incident -> desk.find(incident).isEmpty())
        .ifPresent(incident -> {
          throw new IllegalArgumentException(
              "There is no incident '%s' (expected: the id of one, such as INC-1)"
                  .formatted(incident));
        });
    return targets.check(request.kind(), request.target(), request.author());
  }

  private Optional<Order> standing(Restriction.Kind kind, String target, Instant now) {
    return jdbi.withHandle(handle -> OrderRows.about(handle, kind, target)).stream()
        .filter(order -> order.isInForce(now))
        .findFirst();
  }

  private Optional<Order> releasedByPerson(Request request, String target) {
    return jdbi.withHandle(handle -> OrderRows.about(handle, request.kind(), target)).stream()
        .filter(order -> order.incident().equals(request.incident()))
        .filter(order ->
            order
                .released()
                .filter(release -> !release.author().equals(TimelineEntry.MACHINE))
                .isPresent())
        .findFirst();
  }

  private Set<String> hitAutomatically(Instant now) {
    return jdbi.withHandle(handle -> OrderRows.accountsHitAutomatically(handle, now));
  }

  /** Only automatic orders count against the budget. */
  private Set<String> hitBy(Request request, String target, Instant now) {
    return request.author().equals(TimelineEntry.MACHINE)
        ? Set.copyOf(impact.of(request.kind(), target, Set.of(), Set.of(), now).accounts())
        : Set.of();
  }

  private Order put(Request request, String target, Instant now, Set<String> accountsHit) {
    Order order =
        jdbi.inTransaction(handle -> {
          if (OrderRows.inForce(handle, now).size() >= MAX_IN_FORCE) {
            throw new IllegalStateException(
                "%,d orders are in force (expected: fewer); release some, or block a network instead of its addresses"
                    .formatted(MAX_IN_FORCE));
          }
          Order made = OrderRows.insert(handle, request, target, now, accountsHit);
          tell(
              handle,
              made,
              now,
              made.author(),
              "%s in force until %s: %s. %s"
                  .formatted(
                      made.id(),
                      made.expiresAt(),
                      Words.effect(made.kind(), target),
                      made.reason()));
          return made;
        });
    putInForce(now);
    return order;
  }

  private void tell(Handle handle, Order order, Instant at, String author, String text) {
    order.incident().ifPresent(incident -> outbox.add(handle, incident, at, author, "order", text));
  }

  /** Under the lock. */
  private boolean putInForce(Instant now) {
    blocklist.replace(
        jdbi.withHandle(handle -> OrderRows.inForce(handle, now)).stream()
            .map(order -> new Restriction(order.id(), order.kind(), order.target()))
            .toList());
    return true;
  }

  private static void require(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + ": nothing (expected: who or why, in words)");
    }
  }

  private <R> R locked(Supplier<R> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
