package dev.portcullis.obligation;

import dev.portcullis.config.Nearest;
import dev.portcullis.config.ObligationSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The rules that apply here: shipped ones that the settings name, and the user's contracts. */
final class ConfiguredRules {
  private ConfiguredRules() {}

  static List<Rule> of(ObligationSettings settings, RuleBook book) {
    var rules = new ArrayList<Rule>();
    var ids = new HashSet<String>();
    for (String id : settings.rules().stream().sorted().toList()) {
      rules.add(
          book.find(id)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "obligations.rules: %s (expected: one that portcullis obligations rules lists%s)"
                          .formatted(id, Nearest.hint(id, book.ids())))));
      ids.add(id);
    }
    for (ObligationSettings.Contract contract : settings.contracts()) {
      if (!ids.add(contract.id()) || book.find(contract.id()).isPresent()) {
        throw new IllegalArgumentException(
            "obligations.contracts: id %s (expected: an id of its own)".formatted(contract.id()));
      }
      rules.add(rule(contract));
    }
    return List.copyOf(rules);
  }

  /** Verified: its author is the one whom it binds. */
  private static Rule rule(ObligationSettings.Contract contract) {
    return new Rule(
        contract.id(),
        "Tell " + contract.recipient() + ", as the contract says",
        "contract",
        "Contract with " + contract.recipient() + ", " + contract.clause(),
        "awareness",
        new Limit.Elapsed(contract.within(), false),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        contract.recipient(),
        RuleBook.contentsOfContracts(),
        List.of(new Condition.Always()),
        new Rule.Evidence(true, "P", "the configuration"),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of());
  }
}
