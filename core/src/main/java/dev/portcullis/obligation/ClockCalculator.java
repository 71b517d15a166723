package dev.portcullis.obligation;

import dev.portcullis.obligation.Condition.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From a rule and what is known to a clock with its arithmetic. Pure: no I/O, and no time of its
 * own; what the clock does now is {@link ClockState}'s.
 */
final class ClockCalculator {
  private final Rule rule;
  private final Map<String, Fact> facts;
  private final Circumstances known;
  private final List<String> arithmetic = new ArrayList<>();
  private final DeadlineCounter counter = new DeadlineCounter(arithmetic);

  private ClockCalculator(Rule rule, Map<String, Fact> facts, Circumstances known) {
    this.rule = rule;
    this.facts = facts;
    this.known = known;
  }

  /**
   * The clock, in state NOT_APPLICABLE, ANCHOR_MISSING, NOT_STARTED, RUNNING, or TOLLED where a
   * hold has no known end.
   *
   * @param facts in force, by name
   */
  static Clock compute(
      String incident, Rule rule, Map<String, Fact> facts, Circumstances circumstances) {
    return new ClockCalculator(rule, facts, circumstances).clock(incident);
  }

  private Clock clock(String incident) {
    Optional<Fact> anchor = anchor();
    List<Verdict> verdicts =
        rule.appliesWhen().stream().map(condition -> condition.judge(known)).toList();
    Optional<String> against =
        notInForce(anchor)
            .or(() ->
                verdicts.stream().filter(each -> !each.met()).map(Verdict::words).findFirst());
    if (against.isPresent()) {
      String why = "Does not apply: " + against.get() + ".";
      return clock(incident, Clock.State.NOT_APPLICABLE, anchor, Deadline.NONE, why);
    }
    boolean assumed = verdicts.stream().anyMatch(Verdict::assumed);
    String reasons = verdicts.stream().map(Verdict::words).collect(Collectors.joining("; "));
    List<String> missing = missing();
    if (anchor.isEmpty() || !missing.isEmpty()) {
      provisional();
      String why =
          (assumed ? "Applies, assumed: " : "Applies because ") + reasons + missed(missing);
      Clock.State state =
          rule.previous().isPresent() ? Clock.State.NOT_STARTED : Clock.State.ANCHOR_MISSING;
      return clock(incident, state, anchor, Deadline.NONE, why);
    }
    Deadline deadline = deadline(anchor.get());
    rule.urgency()
        .ifPresent(words ->
            arithmetic.add(
                "the duty is \"%s\"%s"
                    .formatted(
                        words,
                        deadline.due().isPresent() ? "; the limit is a ceiling, no target" : "")));
    deadline
        .due()
        .ifPresent(_ ->
            arithmetic.add(
                rule.byReceipt()
                    ? "met when the recipient has the notice"
                    : "met when the notice is sent"));
    String why = (assumed ? "Applies, assumed: " : "Applies because ") + reasons + ".";
    return held(clock(incident, Clock.State.RUNNING, anchor, deadline, why));
  }

  private Clock clock(
      String incident, Clock.State state, Optional<Fact> anchor, Deadline deadline, String why) {
    boolean applies = state != Clock.State.NOT_APPLICABLE;
    var steps = new ArrayList<>(arithmetic);
    if (applies && anchor.isPresent()) {
      rule.notes().forEach(note -> steps.add("note: " + note));
    }
    return new Clock(
        incident,
        rule.id(),
        rule.title(),
        rule.source(),
        rule.recipient(),
        state,
        anchor.map(Fact::name).orElse(rule.anchor()),
        anchor.map(Fact::at),
        deadline.due(),
        deadline.latest(),
        Optional.empty(),
        why,
        steps,
        rule.verified());
  }

  /** The fact that stands for the clock: the earliest of those that start it. */
  private Optional<Fact> anchor() {
    return rule.anchors().stream()
        .flatMap(name -> Optional.ofNullable(facts.get(name)).stream())
        .min(Comparator.comparing(Fact::at));
  }

  private List<String> missing() {
    List<String> absent = rule.anchors().stream().filter(name -> !facts.containsKey(name)).toList();
    boolean oneIsEnough = rule.limit() instanceof Limit.EarlierOf earlier && earlier.competing();
    return oneIsEnough && absent.size() < rule.anchors().size() ? List.of() : absent;
  }

  private String missed(List<String> missing) {
    return rule.previous()
        .map(previous ->
            ", but %s, the report before it, is not submitted: the clock starts with its submission."
                .formatted(previous))
        .orElseGet(() ->
            ", but when %s was is not recorded: record it and the clock starts."
                .formatted(String.join(" or ", missing)));
  }

  /** What is to be expected while a fact is missing. */
  private void provisional() {
    if (rule.limit() instanceof Limit.EarlierOf earlier) {
      for (Limit.Part part : earlier.parts()) {
        Optional.ofNullable(facts.get(part.anchor()))
            .flatMap(fact -> new DeadlineCounter(new ArrayList<>()).count(part.limit(), fact).due())
            .ifPresent(due ->
                arithmetic.add(
                    "from %s alone it would be due at %s: plan with that"
                        .formatted(part.anchor(), due)));
      }
    }
  }

  private Optional<String> notInForce(Optional<Fact> anchor) {
    if (rule.proposed()) {
      return Optional.of("it is proposed and not law");
    }
    if (anchor.isEmpty()) {
      return Optional.empty();
    }
    LocalDate day =
        LocalDate.ofInstant(anchor.get().at(), anchor.get().zone().orElse(ZoneOffset.UTC));
    if (rule.from().filter(day::isBefore).isPresent()) {
      return Optional.of("it is in force from " + rule.from().get() + ", after " + day);
    }
    if (rule.to().filter(to -> !day.isBefore(to)).isPresent()) {
      return Optional.of("it is no longer in force since " + rule.to().get());
    }
    return Optional.empty();
  }

  private Deadline deadline(Fact anchor) {
    Deadline counted =
        rule.limit() instanceof Limit.EarlierOf earlier
            ? earlierOf(earlier)
            : count(rule.limit(), anchor);
    return rule.roll().map(roll -> counter.roll(roll, counted, anchor, known)).orElse(counted);
  }

  private Deadline count(Limit limit, Fact fact) {
    arithmetic.add(
        "%s was at %s%s, decided by %s: %s"
            .formatted(
                fact.name(),
                fact.at(),
                fact.zone().map(zone -> " (" + fact.at().atZone(zone) + ")").orElse(""),
                fact.decidedBy(),
                fact.evidence()));
    return counter.count(limit, fact);
  }

  private Deadline earlierOf(Limit.EarlierOf limit) {
    Optional<String> only = limit.exception().filter(this::holds).map(Limit.Exception::only);
    Deadline all = Deadline.NONE;
    Instant last = Instant.MIN;
    for (Limit.Part part : limit.parts()) {
      Fact fact = facts.get(part.anchor());
      if (fact == null || only.filter(name -> !name.equals(part.anchor())).isPresent()) {
        continue;
      }
      Deadline each = count(part.limit(), fact);
      Instant due = each.due().orElseThrow();
      last = due.isAfter(last) ? due : last;
      all = all.due().filter(known -> !due.isBefore(known)).isPresent() ? all : each;
    }
    limit
        .exception()
        .filter(this::holds)
        .ifPresent(each ->
            arithmetic.add(
                "%s was more than %s after %s: only it counts"
                    .formatted(each.only(), Limit.hours(each.time()), each.after())));
    arithmetic.add("the earlier end counts: " + all.due().orElseThrow());
    if (limit.competing() && last.isAfter(all.due().orElseThrow())) {
      arithmetic.add("note, not used: latest, from the other fact, " + last);
      return all.or(last);
    }
    return all;
  }

  private boolean holds(Limit.Exception exception) {
    Fact only = facts.get(exception.only());
    Fact after = facts.get(exception.after());
    return only != null && after != null && only.at().isAfter(after.at().plus(exception.time()));
  }

  /** Law enforcement may hold a notice back; how the time then runs is read in two ways. */
  private Clock held(Clock clock) {
    Fact hold = facts.get(Tolling.HOLD);
    if (hold == null || rule.tolling().isEmpty()) {
      return clock;
    }
    Optional<Instant> end = rule.tolling().get().end(facts, hold.at());
    var steps = new ArrayList<>(clock.arithmetic());
    if (end.isEmpty()) {
      steps.add("held by law enforcement since " + hold.at() + ", until it is lifted");
      return held(clock, Clock.State.TOLLED, Deadline.NONE, Optional.empty(), steps);
    }
    steps.add("held by law enforcement from %s until %s".formatted(hold.at(), end.get()));
    if (clock.due().isEmpty()) {
      return held(clock, clock.state(), Deadline.NONE, end, steps);
    }
    Instant planned = clock.due().get();
    Instant due = planned.isAfter(end.get()) ? planned : end.get();
    Duration length = Duration.between(hold.at(), end.get());
    Instant latest = planned.plus(length.isNegative() ? Duration.ZERO : length);
    steps.add("due at %s: not before the hold ends, and no later for its sake".formatted(due));
    steps.add("note, not used: latest, with the time of the hold not counted, " + latest);
    return held(clock, clock.state(), Deadline.of(due).or(latest), end, steps);
  }

  private static Clock held(
      Clock clock,
      Clock.State state,
      Deadline deadline,
      Optional<Instant> until,
      List<String> arithmetic) {
    return new Clock(
        clock.incident(),
        clock.rule(),
        clock.title(),
        clock.source(),
        clock.recipient(),
        state,
        clock.anchorFact(),
        clock.anchorAt(),
        deadline.due(),
        deadline.latest(),
        until,
        clock.why(),
        List.copyOf(arithmetic),
        clock.verified());
  }
}
