package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.obligation.Clock;
import dev.portcullis.obligation.Explainer;
import dev.portcullis.obligation.Explanation;
import dev.portcullis.obligation.Question;
import dev.portcullis.obligation.RuleBook;
import dev.portcullis.obligation.RuleSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis obligations}: works on the rules alone, no node is needed. */
@Command(
    name = "obligations",
    mixinStandardHelpOptions = true,
    description = "Duties to notify: the rules, and when what is due. Not legal advice.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: portcullis obligations rules"},
    subcommands = {ObligationsCommand.RulesCommand.class, ObligationsCommand.ExplainCommand.class})
final class ObligationsCommand {
  /** What both verbs have in common. */
  abstract static class RuleVerb implements Callable<Integer> {
    @Option(
        names = "--rules",
        paramLabel = "DIRECTORY",
        description = "Rule files of your own; one of a shipped rule's name replaces that")
    Optional<Path> directory = Optional.empty();

    @Option(names = "--json", description = "Print JSON for machines")
    boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    CommandSpec spec;

    /** Answers. */
    abstract void answer(RuleBook book, PrintWriter out);

    @Override
    public Integer call() {
      try {
        RuleBook shipped = RuleBook.load();
        PrintWriter out = spec.commandLine().getOut();
        answer(directory.map(shipped::with).orElse(shipped), out);
        out.flush();
        return CommandLine.ExitCode.OK;
      } catch (IllegalArgumentException e) {
        spec.commandLine().getErr().println("portcullis: " + e.getMessage());
        return CommandLine.ExitCode.USAGE;
      }
    }
  }

  @Command(
      name = "rules",
      mixinStandardHelpOptions = true,
      description = "All rules: what they count from, how long, and how sure each is.",
      footer = {"", "Example: portcullis obligations rules --json"})
  static final class RulesCommand extends RuleVerb {
    @Override
    void answer(RuleBook book, PrintWriter out) {
      List<RuleSummary> rules = book.summaries();
      if (json) {
        out.println(Json.line(rules));
        return;
      }
      for (RuleSummary rule : rules) {
        out.printf(
            "%-26s %s%n%26s %s; %s from %s%s%s%n",
            rule.id(),
            rule.title(),
            "",
            rule.source(),
            rule.limit(),
            rule.anchor(),
            rule.verified() ? "" : "; unverified (" + rule.evidence() + ")",
            rule.proposed() ? "; proposed, not law" : "");
      }
    }
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Whether a rule applies, why, until when, and how that follows.",
      footer = {
        "",
        "Example: portcullis obligations explain gdpr-33"
            + " --fact awareness=2026-03-28T23:30:00+01:00[Europe/Berlin]"
      })
  static final class ExplainCommand extends RuleVerb {
    @Parameters(paramLabel = "RULE", description = "Its id, such as gdpr-33")
    String rule = "";

    @Option(
        names = "--fact",
        paramLabel = "NAME=INSTANT[ZONE]",
        description = "When something was, such as awareness=2026-03-28T22:30:00Z")
    List<String> facts = new ArrayList<>();

    @Option(
        names = "--number",
        paramLabel = "JURISDICTION=N",
        description = "Data subjects there, such as US-TX=300 or total=5000")
    Map<String, Long> numbers = new LinkedHashMap<>();

    @Option(
        names = "--data-class",
        paramLabel = "CLASS",
        description = "A class of data that was reached, such as health; once named, all must be")
    List<String> dataClasses = new ArrayList<>();

    @Option(
        names = "--entity",
        paramLabel = "KIND",
        description = "What you are, such as credit-institution or financial-entity")
    Set<String> entities = Set.of();

    @Option(
        names = "--calendar",
        paramLabel = "NAME",
        description = "Holidays of your Member State, such as DE")
    Optional<String> calendar = Optional.empty();

    @Option(
        names = "--submitted",
        paramLabel = "INSTANT",
        description = "When the notice was submitted")
    Optional<Instant> submitted = Optional.empty();

    @Option(
        names = "--acknowledged",
        paramLabel = "INSTANT",
        description = "When the recipient said that it has it")
    Optional<Instant> acknowledged = Optional.empty();

    @Option(
        names = "--waived",
        paramLabel = "REASON",
        description = "Why it was decided not to be owed")
    Optional<String> waived = Optional.empty();

    @Option(
        names = "--at",
        paramLabel = "INSTANT",
        description = "The moment whose state is told (default: now)")
    Optional<Instant> at = Optional.empty();

    @Override
    void answer(RuleBook book, PrintWriter out) {
      var question =
          new Question(
              facts,
              numbers,
              dataClasses,
              entities,
              calendar,
              submitted,
              acknowledged,
              waived,
              at.orElseGet(Instant::now));
      Explanation said = new Explainer(book).explain(rule, question);
      if (json) {
        out.println(Json.line(document(said)));
      } else {
        print(said, out);
      }
    }

    private static Map<String, @Nullable Object> document(Explanation said) {
      Clock clock = said.clock();
      var document = new LinkedHashMap<String, @Nullable Object>();
      document.put("rule", said.rule().id());
      document.put("title", said.rule().title());
      document.put("jurisdiction", said.rule().jurisdiction());
      document.put("source", said.rule().source());
      document.put("applies", said.applies());
      document.put("assumed", said.assumed());
      document.put("why", clock.why());
      document.put("anchor", clock.anchorFact());
      document.put("anchor_at", clock.anchorAt().orElse(null));
      document.put("due", clock.due().orElse(null));
      document.put("latest", clock.latest().or(clock::due).orElse(null));
      document.put("held_until", clock.heldUntil().orElse(null));
      document.put("state", clock.state());
      document.put("arithmetic", clock.arithmetic());
      document.put("limit", said.rule().limit());
      document.put("urgency", said.rule().urgency().orElse(null));
      document.put("recipient", said.rule().recipient());
      document.put("contents", said.contents());
      document.put("evidence", said.rule().evidence());
      document.put("verified", said.rule().verified());
      document.put("proposed", said.rule().proposed());
      return document;
    }

    private static void print(Explanation said, PrintWriter out) {
      Clock clock = said.clock();
      out.printf("%s: %s%n", said.rule().id(), said.rule().title());
      out.printf(
          "%s%s%n",
          said.rule().source(),
          said.rule().verified() ? "" : " (unverified: read it at its official source)");
      out.println(clock.why());
      out.printf("State:  %s%n", clock.state());
      clock.due().ifPresent(due -> out.printf("Due:    %s%n", due));
      clock.latest().ifPresent(latest -> out.printf("Latest: %s (do not plan with it)%n", latest));
      clock.arithmetic().forEach(step -> out.println("  - " + step));
    }
  }
}
