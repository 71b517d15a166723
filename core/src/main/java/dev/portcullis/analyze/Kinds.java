package dev.portcullis.analyze;

import java.util.Collection;
import java.util.Set;

/** What signals of which detectors mean, in a few words. */
final class Kinds {
  private static final Set<String> OBJECTS =
      Set.of("object-enumeration", "bulk-exfiltration", "anonymous-walk", "credential-theft");

  private Kinds() {}

  static boolean takesObjects(Collection<String> detectors) {
    return detectors.stream().anyMatch(OBJECTS::contains);
  }

  static boolean guessesPasswords(Collection<String> detectors) {
    return detectors.contains("credential-stuffing") || detectors.contains("distributed-stuffing");
  }

  static String title(Collection<String> detectors, Collection<String> classes, boolean succeeded) {
    if (detectors.contains("credential-theft")) {
      return "a credential in other hands";
    }
    if (detectors.contains("anonymous-walk")) {
      return "a route walked from many sources, object by object";
    }
    if (takesObjects(detectors)) {
      boolean scan = !succeeded && detectors.contains("injection");
      if (!scan) {
        return succeeded ? "objects collected one after the other" : "objects guessed at";
      }
    }
    if (guessesPasswords(detectors)) {
      return succeeded ? "passwords tried out, and somebody got in" : "passwords tried out";
    }
    String what = String.join(", ", classes.stream().limit(3).toList()).replace('-', ' ');
    String more = classes.size() > 3 ? " and more" : "";
    return (what.isEmpty() ? "attacks" : what + more)
        + (succeeded ? ", some answered with success" : ", none answered with success");
  }
}
