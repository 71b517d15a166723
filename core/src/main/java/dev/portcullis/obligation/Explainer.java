package dev.portcullis.obligation;

import dev.portcullis.config.Nearest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Says what a rule asks, without an incident. Pure. */
public final class Explainer {
  /** Any chained rule's anchor, whichever rule it is chained to. */
  private static final String PREVIOUS = "previous-report-submitted";

  private static final Pattern JURISDICTION = Pattern.compile("[A-Za-z][A-Za-z0-9 -]{1,63}");

  private final RuleBook book;

  /** Of these rules. */
  public Explainer(RuleBook book) {
    this.book = book;
  }

  /**
   * The answer.
   *
   * @throws IllegalArgumentException when the question names a rule, fact, calendar or jurisdiction
   *     that does not exist, with what would be right
   */
  public Explanation explain(String id, Question question) {
    Rule rule =
        book.find(id)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "rule: %s (expected: one of those that portcullis obligations rules lists%s)"
                        .formatted(id, Nearest.hint(id, book.ids()))));
    check(question);
    var unused = new ArrayList<String>();
    Map<String, Fact> facts = facts(rule, question.facts(), unused);
    Circumstances known =
        Circumstances.said(
            new Numbers(question.numbers()),
            question.dataClasses(),
            question.entities(),
            question.calendar());
    Clock clock = ClockCalculator.compute("", rule, facts, known);
    boolean applies = clock.state() != Clock.State.NOT_APPLICABLE;
    boolean assumed =
        applies && rule.appliesWhen().stream().anyMatch(each -> each.judge(known).assumed());
    return new Explanation(
        RuleSummary.of(rule),
        applies,
        assumed,
        told(clock, question, unused),
        rule.contents().stream().map(Content::word).toList());
  }

  private static void check(Question question) {
    question.calendar().ifPresent(name -> WorkingDays.of(name, false));
    question
        .numbers()
        .forEach((code, number) -> {
          if (!JURISDICTION.matcher(code).matches() || number < 0) {
            throw new IllegalArgumentException(
                "--number %s=%d (expected: a jurisdiction such as US-TX, or total, and a number from 0 on)"
                    .formatted(code, number));
          }
        });
  }

  private Map<String, Fact> facts(Rule rule, List<String> texts, List<String> unused) {
    var facts = new TreeMap<String, Fact>();
    for (String text : texts) {
      Fact fact = FactText.read(text);
      String name =
          fact.name().equals(PREVIOUS) && rule.previous().isPresent() ? rule.anchor() : fact.name();
      if (!rule.facts().contains(name)) {
        known(rule, name);
        unused.add(name);
      }
      var named = new Fact(name, fact.at(), fact.zone(), fact.decidedBy(), fact.evidence());
      if (facts.put(name, named) != null) {
        throw new IllegalArgumentException("--fact " + name + " (expected: each fact once)");
      }
    }
    return facts;
  }

  /** A fact that another rule asks may be given; one that none asks is a slip. */
  private void known(Rule rule, String name) {
    var all = new TreeSet<>(Tolling.FACTS);
    book.all().forEach(each -> all.addAll(each.facts()));
    if (!all.contains(name)) {
      throw new IllegalArgumentException(
          "--fact %s (expected: a fact that %s asks: %s%s)"
              .formatted(
                  name, rule.id(), String.join(", ", rule.facts()), Nearest.hint(name, all)));
    }
  }

  private static Clock told(Clock clock, Question question, List<String> unused) {
    var steps = new ArrayList<>(clock.arithmetic());
    unused.forEach(name -> steps.add("note: this rule does not ask when " + name + " was"));
    question.waived().ifPresent(why -> steps.add("decided not to be owed: " + why));
    question.submitted().ifPresent(at -> steps.add("submitted at " + at));
    question.acknowledged().ifPresent(at -> steps.add("acknowledged by the recipient at " + at));
    var noted =
        new Clock(
            clock.incident(),
            clock.rule(),
            clock.title(),
            clock.source(),
            clock.recipient(),
            clock.state(),
            clock.anchorFact(),
            clock.anchorAt(),
            clock.due(),
            clock.latest(),
            clock.heldUntil(),
            clock.why(),
            List.copyOf(steps),
            clock.verified());
    return ClockState.with(noted, state(noted, question));
  }

  private static Clock.State state(Clock clock, Question question) {
    if (clock.state() == Clock.State.NOT_APPLICABLE) {
      return clock.state();
    }
    if (question.waived().isPresent()) {
      return Clock.State.WAIVED;
    }
    Optional<Instant> met = question.submitted().or(question::acknowledged);
    Clock.State state = ClockState.at(clock, met, question.now()).state();
    return state == Clock.State.SUBMITTED && question.acknowledged().isPresent()
        ? Clock.State.ACKNOWLEDGED
        : state;
  }
}
