package dev.portcullis.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Playbooks among each other: the first match wins, so some may never run. */
final class PlaybookChecks {
  private final Reading reading;

  PlaybookChecks(Reading reading) {
    this.reading = reading;
  }

  void check(Configuration all) {
    var handled = new HashSet<String>();
    for (int i = 0; i < all.playbooks().size(); i++) {
      PlaybookSettings playbook = all.playbooks().get(i);
      if (!playbook.on().isEmpty() && handled.containsAll(playbook.on())) {
        reading.warning(
            "playbooks[" + i + "]",
            "never runs: earlier playbooks match all its detectors, and the first match wins",
            "the special playbook before the general one");
      }
      handled.addAll(playbook.on());
    }
    var unhandled = new ArrayList<>(enabled(all.detectors()));
    unhandled.removeAll(handled);
    if (!unhandled.isEmpty()) {
      reading.warning(
          "playbooks",
          "nothing is done about signals of " + String.join(", ", unhandled),
          "a playbook for them");
    }
  }

  private static List<String> enabled(DetectorSettings detectors) {
    var names = new ArrayList<>(BoundsSection.DETECTORS);
    if (!detectors.objectEnumeration().enabled()) {
      names.remove("object-enumeration");
    }
    if (!detectors.credentialStuffing().enabled()) {
      names.remove("credential-stuffing");
    }
    if (!detectors.injection().enabled()) {
      names.remove("injection");
    }
    if (!detectors.bulkExfiltration().enabled()) {
      names.remove("bulk-exfiltration");
    }
    if (!detectors.anonymousWalk().enabled()) {
      names.remove("anonymous-walk");
    }
    if (!detectors.credentialTheft().enabled()) {
      names.remove("credential-theft");
    }
    if (!detectors.distributedStuffing().enabled()) {
      names.remove("distributed-stuffing");
    }
    if (!detectors.credentialTheftRing().enabled()) {
      names.remove("credential-theft-ring");
    }
    if (!detectors.dormantFunction().enabled()) {
      names.remove("dormant-function");
    }
    if (!detectors.foreignObject().enabled()) {
      names.remove("foreign-object");
    }
    if (!detectors.authenticationBypass().enabled()) {
      names.remove("authentication-bypass");
    }
    return names;
  }
}
