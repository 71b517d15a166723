package dev.portcullis.analyze;

import dev.portcullis.analyze.Report.FoundIncident;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to do now, with commands to copy. A command only ever holds what can't do harm in a shell:
 * an address that is one, a route of plain characters; where a log holds anything else, words stand
 * instead.
 */
final class Advice {
  private Advice() {}

  static FoundIncident given(FoundIncident it, int number) {
    return new FoundIncident(
        number,
        it.title(),
        it.who(),
        it.severity(),
        it.succeeded(),
        it.source(),
        it.credential(),
        it.account(),
        it.route(),
        it.first(),
        it.last(),
        it.signals(),
        it.detectors(),
        it.owasp(),
        it.attack(),
        it.summaries(),
        it.taken(),
        it.attacks(),
        it.logins(),
        it.evidence(),
        of(it));
  }

  private static List<String> of(FoundIncident it) {
    var advice = new ArrayList<String>();
    if (it.credential().isPresent()) {
      advice.add(
          "Revoke or rotate the credential (" + it.credential().get() + ") and ask its owner.");
    }
    if (Kinds.guessesPasswords(it.detectors())) {
      advice.add(
          it.logins().succeeded() > 0
              ? "Find the accounts of the "
                  + Words.counted(it.logins().succeeded(), "log-in", "log-ins")
                  + " that succeeded after the failures; reset their passwords and end their"
                  + " sessions."
              : "No log-in of this source succeeded after ten failures; limit attempts per account"
                  + " and per source, and ask for a second factor.");
    }
    if (it.taken().objects() > 0) {
      advice.add(
          "Find out whose data the objects are: the lines named here lead to them, and a notice to"
              + " an authority may be due within 72 hours of knowing (GDPR Art. 33).");
      it.route()
          .ifPresent(route ->
              advice.add(
                  "Make "
                      + route
                      + " check that the caller may see the object it names (OWASP API1:2023), and"
                      + " use identifiers that can't be counted up."));
    }
    if (it.detectors().contains("anonymous-walk")) {
      advice.add("Ask for a credential on this route, or close it: its sources change too fast.");
      path(it.route())
          .ifPresent(
              path -> advice.add("nginx, to close it: location " + path + " { return 403; }"));
    }
    if (it.detectors().contains("injection")) {
      advice.add(
          it.attacks().answered() > 0
              ? "Look at what was answered with success, in the application's own log and on its"
                  + " host: new files, new processes, outgoing connections."
              : "None was answered with success: probably a scanner. Blocking it costs little.");
    }
    it.source().filter(Addresses::isNumeric).ifPresent(address -> block(address, advice));
    return List.copyOf(advice);
  }

  private static void block(String address, List<String> advice) {
    if (Addresses.isPrivate(address)) {
      advice.add(
          address
              + " is a private address: a proxy of yours, perhaps. Blocking it would block everybody"
              + " behind it; log X-Forwarded-For and use --forwarded.");
      return;
    }
    advice.add("nginx, to block the source: deny " + address + ";");
    advice.add(
        "Linux, to block it: "
            + (address.contains(":") ? "ip6tables" : "iptables")
            + " -I INPUT -s "
            + address
            + " -j DROP");
    advice.add(
        "Portcullis, to block it until you release it: portcullis contain source "
            + address
            + " --reason \"seen in the access log\"");
  }

  /** The route up to its first variable part, if nginx takes that as it is. */
  private static Optional<String> path(Optional<String> route) {
    return route
        .map(name -> name.replaceFirst("[{*?].*", ""))
        .filter(path -> path.length() > 1 && path.matches("[A-Za-z0-9/._~-]+"));
  }
}
