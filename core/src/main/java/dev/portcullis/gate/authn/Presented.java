package dev.portcullis.gate.authn;

import dev.portcullis.gate.RequestHead;
import java.util.List;
import java.util.Locale;

/**
 * The credential in a request's head. One and only one: a request that presents two could be
 * understood in two ways by two parts.
 */
sealed interface Presented {
  /** None at all. */
  record Nothing() implements Presented {}

  /** In {@code X-API-Key}, or {@code Authorization: ApiKey} or {@code Bearer pc_…}. */
  record ApiKey(String text) implements Presented {
    @Override
    public String toString() {
      return "ApiKey";
    }
  }

  /** In {@code Authorization: Basic} (RFC 7617), still encoded. */
  record Password(String encoded) implements Presented {
    @Override
    public String toString() {
      return "Password";
    }
  }

  /** In {@code Authorization: Bearer} (RFC 6750). */
  record Token(String text) implements Presented {
    @Override
    public String toString() {
      return "Token";
    }
  }

  /** Something that is none of these, with the reason for the journal. */
  record Unreadable(String reason) implements Presented {}

  private static Presented authorization(String value) {
    String text = value.strip();
    int space = text.indexOf(' ');
    String rest = space < 0 ? "" : text.substring(space + 1).strip();
    if (rest.isEmpty() || rest.indexOf(' ') >= 0 || rest.indexOf(',') >= 0) {
      return new Unreadable("malformed-authorization");
    }
    return switch (text.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "basic" -> new Password(rest);
      case "apikey" -> new ApiKey(rest);
      case "bearer" -> rest.startsWith("pc_") ? new ApiKey(rest) : new Token(rest);
      default -> new Unreadable("unknown-scheme");
    };
  }

  /** What that head presents. */
  static Presented in(RequestHead head) {
    List<String> keys = head.headers("X-API-Key");
    List<String> authorizations = head.headers("Authorization");
    if (keys.size() + authorizations.size() > 1) {
      return new Unreadable("several-credentials");
    }
    if (!keys.isEmpty()) {
      return new ApiKey(keys.getFirst().strip());
    }
    return authorizations.isEmpty() ? new Nothing() : authorization(authorizations.getFirst());
  }
}
