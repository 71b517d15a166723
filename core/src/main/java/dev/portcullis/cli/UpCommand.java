package dev.portcullis.cli;

import dev.portcullis.app.Node;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the gateway and everything behind it; Ctrl-C stops it cleanly.",
    footer = {"", "Example: portcullis up -c portcullis.yaml"})
final class UpCommand implements Callable<Integer> {
  private static void tell(Incident incident, Signal signal, Instant answered) {
    System.out.println(
        answered + "  " + incident.id() + "  " + signal.severity() + "  " + signal.summary());
  }

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws Exception {
    var node = Node.open(common.configuration(), InstantSource.system(), UpCommand::tell);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  System.err.println("Stopping: answering what is under way ...");
                  node.close();
                  stopped.countDown();
                }));
    try {
      node.start();
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
    node.describe().forEach(System.out::println);
    stopped.await();
    return 0;
  }
}
