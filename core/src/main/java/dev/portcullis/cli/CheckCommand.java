package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.app.Configurations;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Problem;
import java.util.List;
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

  private record Result(boolean valid, List<Problem> problems, List<Problem> warnings) {}

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
            .println(Json.line(new Result(true, List.of(), checked.warnings())));
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
            .println(Json.line(new Result(false, e.problems(), e.warnings())));
      } else {
        spec.commandLine().getErr().println(e.render());
      }
      return 1;
    }
  }
}
