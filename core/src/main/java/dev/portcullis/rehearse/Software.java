package dev.portcullis.rehearse;

import dev.portcullis.journal.Client;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the clients of a group are told by. People use one of a few browsers that many others use
 * too; a machine uses a tool of its own; an attacker's groups share one tool. A file may say
 * otherwise ({@code client}).
 */
final class Software {
  /** What a group says whose members use browsers. */
  static final String BROWSER = "browser";

  /** By how common they are. */
  private static final List<String> BROWSERS =
      List.of("chrome", "chrome", "chrome", "safari", "safari", "edge", "firefox", "chrome-old");

  private Software() {}

  /**
   * Of one client.
   *
   * @param number of the account, or of the source where there is none
   */
  static Client of(Traffic traffic, boolean hostile, int number) {
    String usual = hostile ? "attack-tool" : traffic.timing().human() ? BROWSER : traffic.name();
    String name = traffic.client().orElse(usual);
    return client(name.equals(BROWSER) ? BROWSERS.get(number % BROWSERS.size()) : name);
  }

  private static Client client(String name) {
    String hash = HexFormat.of().toHexDigits(name.hashCode() * 0x9E3779B97F4A7C15L);
    return new Client(
        Optional.of("t13d1516h2_" + hash.substring(0, 12) + "_" + hash.substring(4, 16)),
        Optional.of(hash.substring(0, 8)),
        Optional.empty());
  }
}
