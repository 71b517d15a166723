package dev.portcullis.cli;

import picocli.CommandLine.Parameters;

/** Whom a verb is about. */
final class SubjectName {
  @Parameters(
      paramLabel = "SUBJECT",
      description = {
        "The data subject as the API names it; - reads it from standard input, which keeps it out",
        "of the shell's history and the list of processes"
      })
  String given = "";

  String text() {
    return given.equals("-") ? Terminal.readLine("the data subject") : given;
  }
}
