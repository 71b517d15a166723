package dev.portcullis.gate.authn;

import dev.portcullis.identity.Principal;
import java.time.Duration;
import java.util.Optional;

/** What one kind of authentication says of what was presented. */
sealed interface Answer {
  /** It is they. */
  record Known(Principal principal) implements Answer {}

  /**
   * It is nobody we let in.
   *
   * @param reason for the journal
   * @param account that was named, if any
   */
  record Refused(String reason, Optional<String> account) implements Answer {
    static Refused because(String reason) {
      return new Refused(reason, Optional.empty());
    }
  }

  /** Too many failures of that account from that source. */
  record Throttled(String account, Duration pause) implements Answer {}

  /** Nobody can tell now: too much to do, or the issuer's keys can't be had. */
  record Unavailable(String reason, Duration pause) implements Answer {}
}
