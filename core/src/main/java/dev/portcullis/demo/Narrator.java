package dev.portcullis.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Tells the story line by line; colours where there is a terminal. */
final class Narrator {
  private final PrintStream out;
  private final Ansi ansi;
  private final long began = System.nanoTime();

  Narrator(PrintStream out) {
    this.out = out;
    this.ansi = System.getenv("NO_COLOR") == null ? Ansi.AUTO : Ansi.OFF;
  }

  void title(String text) {
    out.println();
    out.println(colored("bold", text));
    out.println();
    out.flush();
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void begin(String station, String text) {
    print("faint", "..", station, text);
  }

  void done(String station, String text) {
    print("green", "ok", station, text);
  }

  void alarm(String station, String text) {
    print("red", "!!", station, text);
  }

  private void print(String color, String mark, String station, String text) {
    var since = Duration.ofNanos(System.nanoTime() - began);
    out.println(
        String.format(Locale.ROOT, "%7.2f s  ", since.toMillis() / 1_000.0)
            + colored(color, mark)
            + "  "
            + colored("bold", String.format(Locale.ROOT, "%-12s", station))
            + " "
            + text);
    out.flush();
  }

  /** Never through the library's markup for the text itself: it may hold what an attacker sent. */
  private String colored(String style, String text) {
    return ansi.enabled()
        ? Ansi.Style.on(
                Ansi.Style.valueOf(
                    style.equals("green") ? "fg_green" : style.equals("red") ? "fg_red" : style))
            + text
            + Ansi.Style.off(Ansi.Style.reset)
        : text;
  }
}
