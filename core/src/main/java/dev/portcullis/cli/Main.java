package dev.portcullis.cli;

import dev.portcullis.config.Product;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** {@code portcullis}: the verbs. */
@Command(
    name = "portcullis",
    mixinStandardHelpOptions = true,
    version = "portcullis " + Product.VERSION,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Guards an API, notices a breach, drops the gate, knows the scope, tells who must be told in"
          + " time, and brings everything back.",
      ""
    },
    footer = {
      "",
      "Begin with:  portcullis demo",
      "Your own API: portcullis init, portcullis check, portcullis up"
    },
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      CheckCommand.class,
      UpCommand.class,
      StatusCommand.class,
      CredentialCommand.class,
      IncidentCommand.class,
      ContainCommand.class,
      ReleaseCommand.class,
      ScopeCommand.class,
      SubjectCommand.class,
      DataCommand.class,
      NoticeCommand.class,
      ObligationsCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      JournalCommand.class,
      EvidenceCommand.class,
      ReplayCommand.class,
      DrillCommand.class,
      AnalyzeCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  /** Runs one verb and exits with its code: 0 done, 1 not done, 2 asked wrongly. */
  public static void main(String[] arguments) {
    Logging.configure();
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, as tests use it. */
  static CommandLine commandLine() {
    var line = new CommandLine(new Main());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            System.getenv("NO_COLOR") == null ? Ansi.AUTO : Ansi.OFF));
    line.setExecutionExceptionHandler((exception, command, parsed) -> {
      command.getErr().println(Problems.explain(exception));
      return 1;
    });
    return line;
  }
}
