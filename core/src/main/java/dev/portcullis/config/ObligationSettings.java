package dev.portcullis.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Laws and contracts that apply to the one who runs the API.
 *
 * @param rules ids of shipped rules, such as {@code gdpr-33}
 * @param contracts duties of the user's own
 * @param controller who notifies
 */
public record ObligationSettings(
    Set<String> rules, List<Contract> contracts, Controller controller) {

  /**
   * A contract's duty. YAML: {@code - {id: acme, recipient: acme, within: 24h, clause: "§ 7.2"}}.
   *
   * @param recipient name of a stakeholder
   * @param within elapsed time from awareness
   * @param clause where it is written
   */
  public record Contract(String id, String recipient, Duration within, String clause) {}

  /**
   * Who notifies (GDPR Art. 33(3)(b)).
   *
   * @param contact data protection officer or other contact point: name and address, free text
   */
  public record Controller(String name, String contact) {}
}
