package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.rehearse.Library;
import dev.portcullis.rehearse.Rehearsal;
import dev.portcullis.rehearse.RehearsalResult;
import dev.portcullis.rehearse.Scenario;
import dev.portcullis.rehearse.ScenarioException;
import dev.portcullis.rehearse.Verdict;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis drill}. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = {
      "Plays breaches that made the news, and ordinary traffic that looks like them, against the"
          + " detectors: when is each noticed, and what would it have cost?"
    },
    subcommands = {DrillCommand.ListCommand.class, DrillCommand.RunCommand.class},
    footer = {"", "Example: portcullis drill run optus-2022"})
final class DrillCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /** {@code drill list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Names the scenarios, and says which are noticed today and which are not.",
      footer = {"", "Example: portcullis drill list --json"})
  static final class ListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON for machines")
    boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    CommandSpec spec;

    @Override
    public Integer call() {
      var out = spec.commandLine().getOut();
      var all = Library.all();
      if (json) {
        out.println(Json.line(Map.of("scenarios", all.stream().map(ListCommand::row).toList())));
      } else {
        out.printf("%-26s %-6s %-8s %-24s %s%n", "NAME", "FAMILY", "TODAY", "BOUND", "WHAT");
        for (Scenario scenario : all) {
          out.printf(
              "%-26s %-6s %-8s %-24s %s%n",
              scenario.name(),
              scenario.family().orElse("-"),
              scenario.today().map(Verdict::word).orElse("-"),
              bound(scenario),
              scenario.title());
        }
      }
      out.flush();
      return 0;
    }

    private static String bound(Scenario scenario) {
      return scenario.isBenign() ? "no signal" : scenario.bound().toString();
    }

    private static Map<String, Object> row(Scenario scenario) {
      var row = new LinkedHashMap<String, Object>();
      row.put("name", scenario.name());
      row.put("title", scenario.title());
      row.put("family", scenario.family());
      row.put("benign", scenario.isBenign());
      row.put("bound", bound(scenario));
      row.put("twin", scenario.twin());
      row.put("real_subjects", scenario.realSubjects());
      row.put("today", scenario.today().map(Verdict::word));
      row.put("summary", scenario.summary());
      return row;
    }
  }

  /** {@code drill run}. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Plays one scenario in virtual time. Exits with 0 if it was noticed inside its bound (a"
            + " benign one: if nothing was said), else with 1."
      },
      footer = {"", "Example: portcullis drill run optus-2022 --json"})
  static final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME|FILE.yaml", description = "As drill list names it, or your own")
    String scenario = "";

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Of everything random (default: ${DEFAULT-VALUE})")
    long seed = 1;

    @Option(
        names = "--blind",
        description = "As if nothing was known of the clients' software, as behind another proxy")
    boolean blind;

    @Option(names = "--json", description = "Print JSON for machines")
    boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    CommandSpec spec;

    @Override
    public Integer call() {
      Scenario found;
      RehearsalResult result;
      try {
        found = Library.find(scenario);
        result = Rehearsal.run(found, seed, blind);
      } catch (ScenarioException e) {
        throw new CommandFailedException(String.valueOf(e.getMessage()));
      }
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(result));
      } else {
        print(found, result, out);
      }
      out.flush();
      return result.boundHeld() ? 0 : 1;
    }

    private static void print(Scenario scenario, RehearsalResult result, PrintWriter out) {
      out.printf("%s: %s%n", scenario.title(), result.verdict());
      line(out, "bound", result.bound() + (result.boundHeld() ? ", held" : ", not held"));
      if (!scenario.isBenign()) {
        line(
            out,
            "noticed",
            result.noticed()
                ? "after %s requests, %s people, %s s"
                    .formatted(
                        shown(result.noticedAfterRequests()),
                        shown(result.noticedAfterSubjects()),
                        shown(result.noticedAfterSeconds()))
                : "no");
        result.firstSignal().ifPresent(text -> line(out, "said", text));
        line(
            out,
            "contained",
            result.contained()
                ? "after %s of %d people"
                    .formatted(shown(result.containedAfterSubjects()), result.subjectsTotal())
                : "no: " + result.subjectsTotal() + " people could be reached");
        result.realSubjects().ifPresent(people -> line(out, "the real one", people + " people"));
        line(
            out,
            "scope",
            "precision %.3f, recall %.3f, %d things named as not known"
                .formatted(
                    result.scope().precision(), result.scope().recall(), result.scope().unknown()));
        line(
            out,
            "after pivots",
            "precision %.3f, recall %.3f: %d accepted, %d rejected, %s"
                .formatted(
                    result.scope().closedPrecision(),
                    result.scope().closedRecall(),
                    result.scope().accepted(),
                    result.scope().rejected(),
                    result.scope().closed() ? "closed" : "not closed"));
      }
      line(out, "signals", result.signals().toString());
      line(
          out,
          "beside it",
          "%d false incidents; %d requests of others refused; %d signals for a person to decide"
              .formatted(result.falseIncidents(), result.ordinaryRefused(), result.needPerson()));
      result.orders().stream().limit(5).forEach(order -> line(out, "order", order));
      if (result.orders().size() > 5) {
        line(out, "", (result.orders().size() - 5) + " more orders");
      }
    }

    private static void line(PrintWriter out, String head, String text) {
      out.printf("  %-13s %s%n", head, text);
    }

    private static String shown(Optional<Long> value) {
      return value.map(String::valueOf).orElse("-");
    }
  }
}
