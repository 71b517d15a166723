package dev.portcullis.notify;

import dev.portcullis.incident.Incident;
import dev.portcullis.obligation.Clock;
import dev.portcullis.scope.Scope;
import java.util.List;
import java.util.Optional;

/** Drafts, approves and sends notices. Blocks. */
public interface NoticeDesk {
  /**
   * A draft per running clock and stakeholder of its recipient's role or name; where there is none,
   * one without an address that says so. Idempotent per incident, rule and recipient: what is known
   * anew makes a new revision as long as it is a draft.
   */
  List<Notice> draft(Incident incident, Scope scope, List<Clock> clocks);

  /**
   * A person, or the configuration, lets it go: it is in the outbox now and is sent, again and
   * again until it is taken. Idempotent; one that had failed for good is sent anew.
   *
   * @throws IllegalArgumentException when there is no such notice
   * @throws IllegalStateException when it cannot be sent: no mail server or no recipient
   */
  Notice approve(String notice, String approver);

  /** Sends what is due in the outbox now. Returns how many were taken by the mail server. */
  int dispatch();

  /** An incident's notices. */
  List<Notice> list(String incident);

  /** One of them. */
  Optional<Notice> find(String id);
}
