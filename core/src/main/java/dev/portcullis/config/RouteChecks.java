package dev.portcullis.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Routes among each other, and against the accounts. */
final class RouteChecks {
  private final Reading reading;

  RouteChecks(Reading reading) {
    this.reading = reading;
  }

  void check(Configuration all) {
    shapes(all.routes());
    Set<String> held = new HashSet<>();
    all.accounts().forEach(account -> held.addAll(account.scopes()));
    boolean tokens = !all.authentication().issuers().isEmpty();
    for (int i = 0; i < all.routes().size(); i++) {
      RouteSettings route = all.routes().get(i);
      String path = "routes[" + i + "]";
      subject(path, route);
      if (route.authentication().isEmpty()) {
        if (reading.isSound(path + ".authentication")) {
          anonymous(path, route);
        }
        continue;
      }
      if (!(tokens && route.authentication().contains(CredentialKind.TOKEN))) {
        scopes(path, route, held);
      }
      if (!tokens
          && route.authentication().contains(CredentialKind.TOKEN)
          && reading.has(path + ".authentication")) {
        reading.warning(
            path + ".authentication",
            "accepts tokens, but no issuer is trusted",
            "an entry in authentication.issuers");
      }
    }
    nobody(all);
  }

  private void shapes(List<RouteSettings> routes) {
    var first = new HashMap<String, Integer>();
    for (int i = 0; i < routes.size(); i++) {
      String template = routes.get(i).path();
      Integer before =
          template.isEmpty() ? null : first.putIfAbsent(PathTemplates.shape(template), i);
      if (before != null) {
        String path = "routes[" + i + "].path";
        reading.problem(
            path,
            Masking.value(path, template) + " matches the same paths as routes[" + before + "]",
            "one route a template, with all its methods");
      }
    }
  }

  private void subject(String path, RouteSettings route) {
    route.data().subjectParameter().ifPresent(parameter -> {
      if (!route.path().isEmpty() && !route.parameters().contains(parameter)) {
        List<String> names = route.parameters().stream().map(name -> "{" + name + "}").toList();
        reading.problem(
            path + ".data.subject",
            "\"{"
                + parameter
                + "}\" is no parameter of "
                + route.path()
                + Nearest.hint("{" + parameter + "}", names),
            names.isEmpty()
                ? "a path with a parameter, such as /v1/patients/{id}"
                : "one of " + String.join(", ", names));
      }
    });
  }

  private void anonymous(String path, RouteSettings route) {
    if (route.methods().values().stream().anyMatch(scopes -> !scopes.isEmpty())) {
      reading.problem(
          path + ".methods",
          "needs scopes, but with `authentication: none` nobody has any",
          "no scopes, or some authentication");
    }
    if (!route.data().classes().isEmpty()) {
      reading.warning(
          path + ".authentication",
          "is none, so everybody may read " + String.join(", ", route.data().classes().keySet()),
          "authentication on routes with personal data");
    }
    route.limit().ifPresent(limit -> {
      if (limit.by().contains(LimitSettings.LimitKey.CREDENTIAL)) {
        reading.warning(
            path + ".limit",
            "is by credential, but with `authentication: none` there is none",
            "by: [source]");
      }
    });
  }

  private void scopes(String path, RouteSettings route, Set<String> held) {
    route.methods().forEach((method, scopes) -> {
      for (String scope : scopes) {
        if (!held.contains(scope)) {
          reading.warning(
              path + ".methods." + method,
              "needs the scope " + scope + ", which no account has" + Nearest.hint(scope, held),
              "an account with that scope");
        }
      }
    });
  }

  private void nobody(Configuration all) {
    boolean needed = all.routes().stream().anyMatch(route -> !route.authentication().isEmpty());
    if (needed && all.accounts().isEmpty() && all.authentication().issuers().isEmpty()) {
      reading.warning(
          "accounts",
          "there is no account and no trusted issuer, so every request will be refused",
          "accounts, or authentication.issuers");
    }
  }
}
