package dev.portcullis.respond;

import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.config.PlaybookSettings.Verb;
import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Signal;
import dev.portcullis.gate.blocklist.Restriction;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The step {@code contain}: from a signal to an order in force, or to a person. */
final class AutomaticContainment {
  private final StoredContainment containment;
  private final ContainmentSettings settings;

  AutomaticContainment(StoredContainment containment, ContainmentSettings settings) {
    this.containment = containment;
    this.settings = settings;
  }

  /** What came of it. */
  sealed interface Result {
    /** One sentence for people. */
    String text();

    /**
     * An order is in force.
     *
     * @param isNew false when it was before
     */
    record Contained(String text, boolean isNew) implements Result {}

    /**
     * No order; the text says why and what a person can type.
     *
     * @param command as it stands in the text
     */
    record NeedsPerson(String text, String command) implements Result {}
  }

  private record Aim(Restriction.Kind kind, String target, String remark) {}

  /**
   * Contains whom the signal is about; where the signal does not say, whom the incident is about.
   */
  Result contain(Incident incident, Signal signal, Verb verb) {
    Optional<Aim> aim =
        aim(signal.principals(), verb, signal).or(() -> aim(incident.principals(), verb, signal));
    if (aim.isEmpty()) {
      String command = "portcullis contain --help";
      return new Result.NeedsPerson(
          "needs a person: neither %s nor source of %s is known; %s"
              .formatted(noun(verb), signal.id(), command),
          command);
    }
    return order(incident, signal, aim.get());
  }

  private Result order(Incident incident, Signal signal, Aim aim) {
    var request =
        new Containment.Request(
            aim.kind(),
            aim.target(),
            Optional.of(incident.id()),
            TimelineEntry.MACHINE,
            "Automatic, on a signal of " + signal.detector() + "." + aim.remark(),
            settings.expiry());
    Set<String> known = signal.principals().account().map(Set::of).orElse(Set.of());
    String command = Words.command(aim.kind(), aim.target(), incident.id());
    StoredContainment.Attempt attempt;
    try {
      attempt = containment.applyWithinBudget(request, known);
    } catch (IllegalArgumentException e) {
      return new Result.NeedsPerson(
          "needs a person: " + e.getMessage() + "; " + command + aim.remark(), command);
    }
    return switch (attempt) {
      case StoredContainment.Attempt.InForce(Order order, boolean isNew) ->
          new Result.Contained(
              "%s%s by %s.%s"
                  .formatted(
                      isNew ? "" : "already: ",
                      Words.effect(order.kind(), order.target()),
                      order.id(),
                      aim.remark()),
              isNew);
      case StoredContainment.Attempt.NeedsPerson(String reason) ->
          new Result.NeedsPerson(
              "needs a person: %s%s To do it all the same: %s"
                  .formatted(reason, aim.remark(), command),
              command);
    };
  }

  private static Optional<Aim> aim(Principals principals, Verb verb, Signal signal) {
    Optional<Aim> wanted =
        switch (verb) {
          case CREDENTIAL -> aim(Restriction.Kind.REVOKE_CREDENTIAL, principals.credential(), "");
          case ACCOUNT -> aim(Restriction.Kind.SUSPEND_ACCOUNT, principals.account(), "");
          case SOURCE -> aim(Restriction.Kind.BLOCK_SOURCE, principals.source(), "");
          case ROUTE -> aim(Restriction.Kind.CLOSE_ROUTE, principals.route(), "");
        };
    return wanted
        .or(() ->
            aim(
                Restriction.Kind.BLOCK_SOURCE,
                principals.source(),
                " The %s is not known, so it is the source.".formatted(noun(verb))))
        .or(() ->
            aim(
                // Who has no credential can be told from who has: these are let through. Unless
                // it is about guessing: whoever guesses right has one.
                signal.detector().equals("distributed-stuffing")
                    ? Restriction.Kind.CLOSE_ROUTE
                    : Restriction.Kind.REQUIRE_AUTHENTICATION,
                // An account alone is somebody: only where nobody can be named is it the route.
                principals.account().isPresent() ? Optional.empty() : principals.route(),
                " Nobody can be named, so it is the route."));
  }

  private static Optional<Aim> aim(Restriction.Kind kind, Optional<String> target, String remark) {
    return target.map(name -> new Aim(kind, name, remark));
  }

  private static String noun(Verb verb) {
    return verb.name().toLowerCase(Locale.ROOT);
  }
}
