package dev.portcullis.obligation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** When a rule applies: a named predicate over what is known of the incident. */
sealed interface Condition {
  /**
   * A condition's answer.
   *
   * @param assumed met only because it could not be excluded
   * @param words for the one sentence that says why
   */
  record Verdict(boolean met, boolean assumed, String words) {}

  /** Judges. Pure. */
  Verdict judge(Circumstances known);

  /** Whatever the incident reached. */
  record Always() implements Condition {
    @Override
    public Verdict judge(Circumstances known) {
      return new Verdict(true, false, "it applies to every incident");
    }
  }

  /** Confidentiality or integrity: data subjects or classes were reached, or something written. */
  record PersonalDataAffected() implements Condition {
    @Override
    public Verdict judge(Circumstances known) {
      ScopeFacts facts = known.scope();
      OptionalLong said = known.numbers().total();
      if (said.isPresent() && said.getAsLong() > 0) {
        return new Verdict(
            true, false, "personal data of " + said.getAsLong() + " data subjects was affected");
      }
      if (facts.subjects() > 0 || !facts.dataClasses().isEmpty() || facts.writes() > 0) {
        return new Verdict(true, false, "personal data was affected (" + facts.inWords() + ")");
      }
      return facts.exact()
          ? new Verdict(false, false, "no personal data was affected")
          : new Verdict(true, true, "that personal data was affected cannot be excluded yet");
    }
  }

  /**
   * One of these classes was reached. A class matches by its name or by that as a prefix: {@code
   * health} matches {@code health} and {@code health-record}.
   */
  record DataClassesPresent(SortedSet<String> anyOf) implements Condition {
    @Override
    public Verdict judge(Circumstances known) {
      var found = new TreeSet<String>();
      known.scope().dataClasses().stream().filter(this::matches).forEach(found::add);
      if (!found.isEmpty()) {
        return new Verdict(
            true, false, "data of class " + String.join(", ", found) + " was reached");
      }
      String wanted = "data of class " + String.join(", ", anyOf);
      return known.classesKnown()
          ? new Verdict(false, false, "no " + wanted + " was reached")
          : new Verdict(true, true, "that " + wanted + " was reached cannot be excluded yet");
    }

    private boolean matches(String dataClass) {
      String name = dataClass.toLowerCase(Locale.ROOT);
      return anyOf.stream()
          .anyMatch(wanted ->
              name.equals(wanted)
                  || (name.startsWith(wanted)
                      && !Character.isLetterOrDigit(name.charAt(wanted.length()))));
    }
  }

  /** The one who must notify is of such a kind. Whoever does not say is taken to be. */
  record EntityIs(SortedSet<String> anyOf) implements Condition {
    @Override
    public Verdict judge(Circumstances known) {
      String wanted = String.join(" or ", anyOf);
      Optional<String> found = anyOf.stream().filter(known.entities()::contains).findFirst();
      if (found.isPresent()) {
        return new Verdict(true, false, "you are a " + found.get());
      }
      return known.entities().isEmpty()
          ? new Verdict(true, true, "that you are a " + wanted + " is not declared")
          : new Verdict(
              false,
              false,
              "it binds a %s, and you are a %s"
                  .formatted(wanted, String.join(", ", new TreeSet<>(known.entities()))));
    }
  }

  /**
   * So many data subjects. The comparator matters: HIPAA tells the Secretary from 500 on, the media
   * above 500 residents of one State.
   *
   * @param jurisdiction of whom alone they are counted, such as {@code US-TX}; {@code US-*}: of any
   *     one part; empty: all
   * @param population the same for people
   */
  record Subjects(
      Comparison comparison, long amount, Optional<String> jurisdiction, String population)
      implements Condition {
    @Override
    public Verdict judge(Circumstances known) {
      ScopeFacts facts = known.scope();
      String threshold = comparison.sign() + " " + amount + " " + population;
      Optional<Map.Entry<String, Long>> there =
          jurisdiction.flatMap(code -> known.numbers().in(code, population));
      if (there.isPresent()) {
        String who = " data subjects in " + there.get().getKey() + " are ";
        return number(there.get().getValue(), who, threshold);
      }
      OptionalLong total =
          jurisdiction.isEmpty() ? known.numbers().total() : known.numbers().saidTotal();
      if (total.isPresent() && jurisdiction.isEmpty()) {
        return number(total.getAsLong(), " data subjects are ", threshold);
      }
      if (total.isPresent() && !comparison.holds(total.getAsLong(), amount)) {
        return number(total.getAsLong(), " data subjects in all are ", threshold);
      }
      if (jurisdiction.isEmpty() && comparison.holds(facts.subjects(), amount)) {
        return number(facts.subjects(), " data subjects are ", threshold);
      }
      if (facts.exact() && !comparison.holds(facts.subjects(), amount)) {
        return number(facts.subjects(), " data subjects are ", threshold);
      }
      return new Verdict(
          true,
          true,
          threshold
              + " cannot be excluded yet ("
              + facts.subjects()
              + " data subjects known so far)");
    }

    private Verdict number(long number, String who, String threshold) {
      boolean met = comparison.holds(number, amount);
      return new Verdict(met, false, number + who + (met ? "" : "not ") + threshold);
    }
  }

  /** Fewer than, at least, or more than. */
  enum Comparison {
    FEWER_THAN("<"),
    AT_LEAST(">="),
    MORE_THAN(">");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }

    boolean holds(long number, long amount) {
      return switch (this) {
        case FEWER_THAN -> number < amount;
        case AT_LEAST -> number >= amount;
        case MORE_THAN -> number > amount;
      };
    }
  }

  /** The names that rule files may use. */
  Set<String> PREDICATES =
      Set.of("always", "personal-data-affected", "data-classes-present", "subjects", "entity");
}
