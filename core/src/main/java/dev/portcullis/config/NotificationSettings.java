package dev.portcullis.config;

import java.util.List;
import java.util.Optional;

/**
 * Mail server and stakeholders.
 *
 * @param smtp absent: notices are drafted and never sent
 * @param sending whether a person must approve first
 */
public record NotificationSettings(
    Optional<Smtp> smtp, Sending sending, List<Stakeholder> stakeholders) {

  /**
   * @param from the sender's address
   * @param startTls required if true
   */
  public record Smtp(Endpoint server, String from, boolean startTls, Optional<Login> login) {}

  /** A login whose password stands in an environment variable, not in the file. */
  public record Login(String user, String passwordVariable) {}

  /** YAML: {@code after-approval} (default), {@code automatic}. */
  public enum Sending {
    AFTER_APPROVAL,
    AUTOMATIC
  }

  /**
   * Somebody who must be told.
   *
   * @param role such as {@code data-protection-officer}, {@code supervisory-authority}, {@code
   *     partner}
   */
  public record Stakeholder(String name, String role, String email) {}
}
