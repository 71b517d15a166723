package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.app.Configurations;
import dev.portcullis.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Mixin;

/** {@code portcullis check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads a configuration and names every mistake in it, with line and way out.",
    footer = {"", "Example: portcullis check -c portcullis.yaml"})
final class CheckCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  @Override
  public Integer call() {
    try {
      var checked = Configurations.check(common.file());
      if (common.json) {
        spec.commandLine()
            .getOut()
            .println(
                Json.line(
                    Map.of("valid", true, "problems", List.of(), "warnings", checked.warnings())));
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
      }
      return 0;
    } catch (ConfigurationException e) {
      if (common.json) {
        spec.commandLine()
            .getOut()
            .println(
                Json.line(Map.of("valid", false, "problems", e.problems(), "warnings", List.of())));
      } else {
        spec.commandLine().getErr().println(e.render());
      }
      return 1;
    }
  }
}
