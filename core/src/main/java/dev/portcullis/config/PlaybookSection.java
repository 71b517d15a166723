package dev.portcullis.config;

import dev.portcullis.config.PlaybookSettings.Step;
import dev.portcullis.config.PlaybookSettings.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code playbooks}. */
final class PlaybookSection {
  private static final Map<String, Step> PLAIN =
      Map.of(
          "scope", new Step.DetermineScope(),
          "obligations", new Step.StartClocks(),
          "notify", new Step.Notify(),
          "post-mortem", new Step.DraftPostMortem());
  private static final List<String> ALL =
      List.of("contain", "scope", "obligations", "notify", "restore", "post-mortem");
  private static final String STEP_EXPECTED =
      "contain: credential, scope, obligations, notify, restore: ASSET or post-mortem";

  private PlaybookSection() {}

  /** What is done where the file has no {@code playbooks}: everything that needs no asset. */
  static List<PlaybookSettings> standard() {
    return List.of(
        new PlaybookSettings(
            "default",
            everyDetector(),
            List.of(
                new Step.Contain(Verb.CREDENTIAL),
                new Step.DetermineScope(),
                new Step.StartClocks(),
                new Step.Notify(),
                new Step.DraftPostMortem())));
  }

  static PlaybookSettings playbook(Section section) {
    return new PlaybookSettings(
        section.required("name", Texts.NAME, ""),
        on(section),
        steps(section));
  }

  private static Set<String> on(Section section) {
    Text<String> detector = Texts.oneOf(BoundsSection.DETECTORS);
    return section.value("on").isEmpty()
        ? everyDetector()
        : section.requiredSet("on", detector, "detectors; without `on`, it is all of them");
  }

  private static Set<String> everyDetector() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(BoundsSection.DETECTORS));
  }

  private static List<Step> steps(Section section) {
    Optional<Value> value = section.filled("steps");
    if (value.isEmpty() || value.get().items().isEmpty()) {
      section.missing("steps", "a list of " + STEP_EXPECTED);
      return List.of();
    }
    var steps = new ArrayList<Step>();
    for (Value item : value.get().items()) {
      // A placeholder for what was reported, so that later steps keep their index.
      steps.add(step(item).orElseGet(Step.DetermineScope::new));
    }
    return List.copyOf(steps);
  }

  private static Optional<Step> step(Value item) {
    if (item.isMap()) {
      return item.section(PlaybookSection::withArgument);
    }
    return item.read(
        Text.of(
            STEP_EXPECTED,
            text -> {
              Step step = PLAIN.get(text);
              if (step != null) {
                return step;
              }
              if (text.equals("contain") || text.equals("restore")) {
                throw new Mistake(
                    "needs to know what",
                    text.equals("contain") ? "contain: credential" : "restore: ASSET");
              }
              throw new Mistake("is no step" + Nearest.hint(text, ALL));
            }));
  }

  private static Optional<Step> withArgument(Section section) {
    Optional<Value> contain = section.value("contain");
    Optional<Value> restore = section.value("restore");
    if (contain.isPresent() && restore.isPresent()) {
      section.problem("restore", "is a second step in one entry", "a dash before each step");
    }
    if (contain.isPresent()) {
      return contain.get().read(Texts.oneOf(Verb.class)).map(Step.Contain::new);
    }
    if (restore.isPresent()) {
      return Optional.of(restore(restore.get()));
    }
    for (String name : PLAIN.keySet()) {
      if (section.has(name)) {
        section.value(name);
        section.problem(name, "is a step without settings", "`- " + name + "`, without a colon");
      }
    }
    return Optional.empty();
  }

  private static Step restore(Value value) {
    if (value.isMap()) {
      return value.section(
          section ->
              new Step.Restore(
                  section.required("asset", Texts.NAME, ""),
                  section.optional("live", Texts.BOOL, false)));
    }
    return new Step.Restore(value.read(Texts.NAME).orElse(""), false);
  }
}
