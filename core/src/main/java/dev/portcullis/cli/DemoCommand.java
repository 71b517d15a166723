package dev.portcullis.cli;

import dev.portcullis.demo.Demo;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code portcullis demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "A sample API with a database, clinics as clients, an attacker with a stolen key: the whole"
          + " story from the first request to the post-mortem."
    },
    footer = {"", "Examples:", "  portcullis demo", "  portcullis demo --once --json"})
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--once", description = "End when the story is told; exit 0 if all of it worked")
  boolean once;

  @Option(names = "--json", description = "End with one line of JSON; the story goes to stderr")
  boolean json;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where all its files go (default: ${DEFAULT-VALUE})")
  Path directory = Path.of("portcullis-demo");

  @Option(
      names = "--gateway-port",
      paramLabel = "PORT",
      description = "Default: 8443, or a free one if that is taken")
  int gatewayPort;

  @Option(
      names = "--console-port",
      paramLabel = "PORT",
      description = "Default: 8444, or a free one if that is taken")
  int consolePort;

  @Override
  public Integer call() throws Exception {
    return Demo.run(
        new Demo.Options(directory, once, json, gatewayPort, consolePort), System.out, System.err);
  }
}
