package dev.portcullis.respond;

import dev.portcullis.detect.Signal;
import dev.portcullis.gate.blocklist.Restriction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** A process that takes a signal and dies at a moment of its playbook without any farewell. */
final class CrashingNode {
  static final int DEAD = 7;
  static final Signal SIGNAL = Scene.enumeration("s1", "key-1", "northside", "127.0.0.66");

  private CrashingNode() {}

  /** Directory, moment. */
  public static void main(String[] args) throws InterruptedException {
    Path directory = Path.of(args[0]);
    String last = args[1];
    var gate =
        new ListedBlocklist() {
          @Override
          public void replace(Collection<Restriction> restrictions) {
            if (!restrictions.isEmpty() && last.equals("order:persisted")) {
              Runtime.getRuntime().halt(DEAD);
            }
            super.replace(restrictions);
          }
        };
    var effects =
        new Effects(
            directory.resolve("effects"),
            moment -> {
              if (moment.equals(last)) {
                Runtime.getRuntime().halt(DEAD);
              }
            });
    try (var scene = new Scene(directory, gate, new MemoryJournal(), effects.actions())) {
      var incident = scene.desk.accept(SIGNAL).incident();
      if (last.equals("signal:accepted")) {
        Runtime.getRuntime().halt(DEAD);
      }
      scene.responder.respond(incident, SIGNAL);
      scene.responder.resume();
      scene.responder.awaitIdle(incident.id(), Duration.ofSeconds(60));
    }
  }
}
