package dev.portcullis.console;

import dev.portcullis.gate.blocklist.Restriction;
import java.time.Duration;
import java.util.Locale;

/** Values in words for people. */
public final class Words {
  private Words() {}

  /** What an order did. */
  public static String kind(Restriction.Kind kind) {
    return switch (kind) {
      case REVOKE_CREDENTIAL -> "revoked credential";
      case SUSPEND_ACCOUNT -> "suspended account";
      case BLOCK_SOURCE -> "blocked source";
      case CLOSE_ROUTE -> "closed route";
      case REQUIRE_AUTHENTICATION -> "closed to all without a credential: route";
      case READ_ONLY_ROUTE -> "made read-only route";
    };
  }

  /** A constant's name. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Such as {@code 0.42 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  public static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1_000.0);
    }
    if (duration.compareTo(Duration.ofHours(1)) < 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
