package dev.portcullis.config;

import dev.portcullis.config.PlaybookSettings.Step;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/** Names are unique, and whoever is named exists. */
final class References {
  private final Reading reading;

  References(Reading reading) {
    this.reading = reading;
  }

  void check(Configuration all) {
    unique("listeners", "name", all.listeners(), ListenerSettings::name);
    unique("upstreams", "name", all.upstreams(), UpstreamSettings::name);
    unique("accounts", "name", all.accounts(), AccountSettings::name);
    unique("routes", "name", all.routes(), RouteSettings::name);
    unique("playbooks", "name", all.playbooks(), PlaybookSettings::name);
    unique("destinations", "name", all.destinations(), DestinationSettings::name);
    unique("assets", "name", all.assets(), AssetSettings::name);
    unique(
        "authentication.issuers",
        "issuer",
        all.authentication().issuers(),
        TokenIssuerSettings::issuer);
    unique(
        "obligations.contracts",
        "id",
        all.obligations().contracts(),
        ObligationSettings.Contract::id);
    unique(
        "notification.stakeholders",
        "name",
        all.notification().stakeholders(),
        NotificationSettings.Stakeholder::name);

    List<String> upstreams = all.upstreams().stream().map(UpstreamSettings::name).toList();
    each("routes", "upstream", all.routes(), RouteSettings::upstream, "upstream", upstreams);
    each("assets", "upstream", all.assets(), AssetSettings::upstream, "upstream", upstreams);
    each(
        "obligations.contracts",
        "recipient",
        all.obligations().contracts(),
        ObligationSettings.Contract::recipient,
        "stakeholder",
        all.notification().stakeholders().stream()
            .map(NotificationSettings.Stakeholder::name)
            .toList());
    destinations(all);
    restores(all);
    contractsAreNoRules(all.obligations());
  }

  private <T> void unique(String path, String key, List<T> all, Function<T, String> name) {
    var first = new HashMap<String, Integer>();
    for (int i = 0; i < all.size(); i++) {
      String given = name.apply(all.get(i));
      Integer before = given.isEmpty() ? null : first.putIfAbsent(given, i);
      if (before != null) {
        String at = path + "[" + i + "]." + key;
        reading.problem(
            at,
            Masking.value(at, given) + " is also the " + key + " of " + path + "[" + before + "]",
            "each " + key + " once");
      }
    }
  }

  private <T> void each(
      String path,
      String key,
      List<T> all,
      Function<T, String> name,
      String kind,
      List<String> known) {
    for (int i = 0; i < all.size(); i++) {
      resolve(path + "[" + i + "]." + key, name.apply(all.get(i)), kind, known);
    }
  }

  private void destinations(Configuration all) {
    List<String> known = all.destinations().stream().map(DestinationSettings::name).toList();
    for (int i = 0; i < all.assets().size(); i++) {
      if (all.assets().get(i).copies() instanceof AssetSettings.Copies.Repositories repositories) {
        for (String name : repositories.destinations()) {
          resolve("assets[" + i + "].backup.destinations", name, "destination", known);
        }
      }
    }
  }

  private void restores(Configuration all) {
    List<String> assets = all.assets().stream().map(AssetSettings::name).toList();
    for (int i = 0; i < all.playbooks().size(); i++) {
      List<Step> steps = all.playbooks().get(i).steps();
      for (int j = 0; j < steps.size(); j++) {
        if (steps.get(j) instanceof Step.Restore restore) {
          String path = "playbooks[" + i + "].steps[" + j + "].restore";
          String precise = path + ".asset";
          resolve(reading.has(precise) ? precise : path, restore.asset(), "asset", assets);
        }
      }
    }
  }

  private void contractsAreNoRules(ObligationSettings obligations) {
    for (int i = 0; i < obligations.contracts().size(); i++) {
      String id = obligations.contracts().get(i).id();
      if (obligations.rules().contains(id)) {
        reading.problem(
            "obligations.contracts[" + i + "].id",
            "\"" + id + "\" is also a rule",
            "an id of its own");
      }
    }
  }

  /** Empty names stand for what was already reported; whatever they meant is not guessed at. */
  private void resolve(String path, String name, String kind, List<String> known) {
    if (name.isEmpty() || known.contains("") || known.contains(name)) {
      return;
    }
    reading.problem(
        path,
        Masking.value(path, name) + " is no " + kind + Nearest.hint(name, known),
        known.isEmpty()
            ? "the name of a configured " + kind + "; there is none yet"
            : "one of " + String.join(", ", known.stream().limit(20).toList()));
  }
}
