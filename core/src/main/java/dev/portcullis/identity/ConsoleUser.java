package dev.portcullis.identity;

/** Somebody who may use the console. */
public record ConsoleUser(String name, Role role) {
  /** What they may do there. */
  public enum Role {
    /** Everything, other people's access too. */
    ADMINISTRATOR,
    /** Look and respond: incidents, orders, restores. */
    RESPONDER,
    /** Look. */
    VIEWER
  }
}
