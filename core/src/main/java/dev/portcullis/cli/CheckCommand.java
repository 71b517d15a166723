package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.app.Configurations;
import dev.portcullis.config.BodyData;
import dev.portcullis.config.Configuration;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.OperationData;
import dev.portcullis.config.Problem;
import dev.portcullis.config.RouteSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads a configuration and names every mistake in it, with line and way out.",
    footer = {"", "Example: portcullis check -c portcullis.yaml"})
final class CheckCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  /**
   * @param derived what OpenAPI documents say, by route and method
   */
  private record Result(
      boolean valid,
      List<Problem> problems,
      List<Problem> warnings,
      Map<String, Map<String, OperationData>> derived) {}

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  private static Map<String, Map<String, OperationData>> derived(Configuration configuration) {
    var derived = new LinkedHashMap<String, Map<String, OperationData>>();
    for (RouteSettings route : configuration.routes()) {
      if (!route.data().operations().isEmpty()) {
        derived.put(route.name(), route.data().operations());
      }
    }
    return derived;
  }

  /** What an OpenAPI document says about a route, so that a person can see it. */
  private void derived(RouteSettings route) {
    route
        .data()
        .operations()
        .forEach((method, operation) -> {
          derived(route.name() + ": " + method + " response", operation.response());
          derived(route.name() + ": " + method + " request", operation.request());
        });
  }

  private void derived(String what, BodyData data) {
    var out = spec.commandLine().getOut();
    data.subjectPaths().forEach(path -> out.println("  " + what + ": subject " + path));
    data.classes()
        .forEach((name, paths) ->
            out.println("  " + what + ": " + name + " " + String.join(", ", paths)));
  }

  @Override
  public Integer call() {
    try {
      var checked = Configurations.check(common.file());
      if (common.json) {
        spec.commandLine()
            .getOut()
            .println(
                Json.line(
                    new Result(
                        true, List.of(), checked.warnings(), derived(checked.configuration()))));
      } else {
        checked
            .warnings()
            .forEach(
                warning -> spec.commandLine().getErr().println("warning: " + warning.render()));
        spec.commandLine()
            .getOut()
            .println(
                common.file()
                    + " is valid: "
                    + checked.configuration().routes().size()
                    + " routes, "
                    + checked.configuration().upstreams().size()
                    + " upstreams, "
                    + checked.configuration().accounts().size()
                    + " accounts");
        checked.configuration().routes().forEach(this::derived);
      }
      return 0;
    } catch (ConfigurationException e) {
      if (common.json) {
        spec.commandLine()
            .getOut()
            .println(Json.line(new Result(false, e.problems(), e.warnings(), Map.of())));
      } else {
        spec.commandLine().getErr().println(e.render());
      }
      return 1;
    }
  }
}
