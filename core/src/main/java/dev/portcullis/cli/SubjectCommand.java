package dev.portcullis.cli;

import picocli.CommandLine.Command;

/** {@code portcullis subject}. */
@Command(
    name = "subject",
    mixinStandardHelpOptions = true,
    description = "Data subjects' rights: find what is recorded of one, erase one.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: portcullis subject find -"},
    subcommands = {
      SubjectFindCommand.class,
      SubjectEraseCommand.class,
      SubjectErasuresCommand.class
    })
final class SubjectCommand {}
