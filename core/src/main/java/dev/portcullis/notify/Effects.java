package dev.portcullis.notify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the loss of a kind of data usually means for people, and what they can do. General
 * knowledge, as a beginning: whoever approves the notice answers for it.
 */
record Effects(List<String> names, String consequence, String advice) {
  private static final List<Effects> KNOWN =
      List.of(
          new Effects(
              List.of("health", "medical", "diagnosis", "genetic", "biometric"),
              "disclosure of intimate facts, with discrimination, distress or extortion as possible results",
              "Be wary of anybody who contacts you and knows about your health."),
          new Effects(
              List.of(
                  "financial", "payment", "payment-card", "card", "bank-account", "iban", "pan"),
              "fraudulent payments or orders, and financial loss",
              "Check your statements and report payments that are not yours to your bank."),
          new Effects(
              List.of("credential", "password", "secret", "token"),
              "access by others to accounts that use the same credentials",
              "Change the password, also wherever else you use it, and turn on a second factor."),
          new Effects(
              List.of("national-id", "identity", "ssn", "passport", "birth", "date-of-birth"),
              "identity theft",
              "Watch for contracts or accounts in your name that you did not open."),
          new Effects(
              List.of("contact", "email", "phone", "address", "name"),
              "unwanted contact and more convincing phishing",
              "Be wary of messages and calls that refer to us and ask for data or money."),
          new Effects(
              List.of("location", "movement"),
              "knowledge of where people live, work or stay, and stalking",
              "Consider who must not know where you stay, and ask us for help."));

  /** Of a data class, by its name or by that as a prefix, such as {@code health-record}. */
  static Optional<Effects> of(String dataClass) {
    String name = dataClass.toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(each -> each.names.stream().anyMatch(known -> isOf(name, known)))
        .findFirst();
  }

  private static boolean isOf(String name, String known) {
    return name.equals(known)
        || (name.startsWith(known) && !Character.isLetterOrDigit(name.charAt(known.length())));
  }
}
