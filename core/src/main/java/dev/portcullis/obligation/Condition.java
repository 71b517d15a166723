package dev.portcullis.obligation;

import java.util.Locale;
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
  Verdict judge(ScopeFacts facts);

  /** Whatever the incident reached. */
  record Always() implements Condition {
    @Override
    public Verdict judge(ScopeFacts facts) {
      return new Verdict(true, false, "it applies to every incident");
    }
  }

  /** Confidentiality or integrity: data subjects or classes were reached, or something written. */
  record PersonalDataAffected() implements Condition {
    @Override
    public Verdict judge(ScopeFacts facts) {
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
    public Verdict judge(ScopeFacts facts) {
      var found = new TreeSet<String>();
      facts.dataClasses().stream().filter(this::matches).forEach(found::add);
      if (!found.isEmpty()) {
        return new Verdict(
            true, false, "data of class " + String.join(", ", found) + " was reached");
      }
      String wanted = "data of class " + String.join(", ", anyOf);
      return facts.exact()
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

  /**
   * So many data subjects. The comparator matters: HIPAA tells the Secretary from 500 on, the media
   * above 500.
   *
   * @param population of whom they are counted, for people
   */
  record Subjects(Comparison comparison, long amount, String population) implements Condition {
    @Override
    public Verdict judge(ScopeFacts facts) {
      String threshold = comparison.sign() + " " + amount + " " + population;
      if (comparison.holds(facts.subjects(), amount)) {
        return new Verdict(true, false, facts.subjects() + " data subjects are " + threshold);
      }
      return facts.exact()
          ? new Verdict(false, false, facts.subjects() + " data subjects are not " + threshold)
          : new Verdict(
              true,
              true,
              threshold
                  + " cannot be excluded yet ("
                  + facts.subjects()
                  + " data subjects known so far)");
    }
  }

  /** At least, or more than. */
  enum Comparison {
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
      return this == AT_LEAST ? number >= amount : number > amount;
    }
  }

  /** The names that rule files may use. */
  Set<String> PREDICATES =
      Set.of("always", "personal-data-affected", "data-classes-present", "subjects");
}
