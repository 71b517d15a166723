package dev.portcullis.config;

import dev.portcullis.config.NotificationSettings.Login;
import dev.portcullis.config.NotificationSettings.Sending;
import dev.portcullis.config.NotificationSettings.Smtp;
import dev.portcullis.config.NotificationSettings.Stakeholder;
import dev.portcullis.config.ObligationSettings.Contract;
import dev.portcullis.config.ObligationSettings.Controller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code obligations} and {@code notification}. */
final class DutiesSection {
  private static final Controller NOBODY = new Controller("", "");

  /** No law and no contract. */
  static final ObligationSettings NO_OBLIGATIONS =
      new ObligationSettings(Set.of(), List.of(), NOBODY);

  /** Nobody is told anything by mail. */
  static final NotificationSettings NO_NOTIFICATION =
      new NotificationSettings(Optional.empty(), Sending.AFTER_APPROVAL, List.of());

  private DutiesSection() {}

  static ObligationSettings obligations(Section section, Set<String> knownRules) {
    List<String> rules = knownRules.stream().sorted().toList();
    var read =
        new ObligationSettings(
            section.set("rules", Texts.oneOf(rules)),
            section.sections("contracts", DutiesSection::contract),
            section.section("controller", DutiesSection::controller, NOBODY));
    boolean duties = !read.rules().isEmpty() || !read.contracts().isEmpty();
    if (duties && !section.has("controller")) {
      section.missing(
          "controller", "{name: ..., contact: ...}: who notifies (GDPR Art. 33(3)(b))");
    }
    return read;
  }

  private static Contract contract(Section section) {
    return new Contract(
        section.required("id", Texts.NAME, ""),
        section.required("recipient", Texts.LINE, ""),
        section.required(
            "within",
            Durations.between(Duration.ofMinutes(1), Duration.ofDays(365)),
            Duration.ofDays(1)),
        section.required("clause", Texts.LINE, ""));
  }

  private static Controller controller(Section section) {
    return new Controller(
        section.required("name", Texts.LINE, ""), section.required("contact", Texts.LINE, ""));
  }

  static NotificationSettings notification(Section section) {
    return new NotificationSettings(
        section.filled("smtp").map(value -> value.section(DutiesSection::smtp)),
        section.optional("sending", Texts.oneOf(Sending.class), Sending.AFTER_APPROVAL),
        section.sections("stakeholders", DutiesSection::stakeholder));
  }

  private static Smtp smtp(Section section) {
    return new Smtp(
        section.required("server", Endpoints.CONNECT, new Endpoint("nowhere.invalid", 1)),
        section.required("from", Texts.EMAIL, ""),
        section.optional("start-tls", Texts.BOOL, true),
        section.filled("login").map(value -> value.section(DutiesSection::login)));
  }

  private static Login login(Section section) {
    return new Login(
        section.required("user", Texts.LINE, ""),
        section.required("password-variable", Texts.VARIABLE, ""));
  }

  private static Stakeholder stakeholder(Section section) {
    return new Stakeholder(
        section.required("name", Texts.LINE, ""),
        section.required("role", Texts.KEBAB, ""),
        section.required("email", Texts.EMAIL, ""));
  }
}
