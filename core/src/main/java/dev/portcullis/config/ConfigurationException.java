package dev.portcullis.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file is not usable; carries every problem that was found, by line. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final transient List<Problem> warnings;
  private final int untold;

  /**
   * @param problems at least one
   * @param warnings found beside them
   * @param untold how many more problems there are than are listed
   */
  ConfigurationException(List<Problem> problems, List<Problem> warnings, int untold) {
    super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
    this.warnings = List.copyOf(warnings);
    this.untold = untold;
  }

  /** With a single problem. */
  ConfigurationException(Problem problem) {
    this(List.of(problem), List.of(), 0);
  }

  /** Everything that is wrong, in the order of the file; at least one. */
  public List<Problem> problems() {
    return problems;
  }

  /** What is legal but doubtful, in the order of the file. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** How many more problems were found than {@link #problems()} lists. */
  public int untold() {
    return untold;
  }

  /** For people: every problem with its source line and a caret, then how many there were. */
  public String render() {
    var text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(problem.renderWithSource()).append('\n');
    }
    int count = problems.size() + untold;
    if (untold > 0) {
      text.append("... and ").append(untold).append(" more.\n");
    }
    return text.append(count)
        .append(count == 1 ? " problem" : " problems")
        .append("; nothing was started.")
        .toString();
  }
}
