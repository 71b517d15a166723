package dev.portcullis.analyze;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where people log in, judged by the route's name. */
final class Logins {
  private static final Set<String> DOORS =
      Set.of(
          "login",
          "signin",
          "sign-in",
          "sign_in",
          "log-in",
          "logon",
          "auth",
          "authenticate",
          "authentication",
          "authorize",
          "token",
          "session",
          "sessions",
          "wp-login.php",
          "j_security_check",
          "j_spring_security_check",
          "connect",
          "access_token",
          "login.php",
          "passwordless",
          "verify-password");

  private Logins() {}

  static boolean isDoor(String route) {
    String path = route.toLowerCase(Locale.ROOT);
    int mark = path.indexOf('?');
    List<String> segments = List.of((mark < 0 ? path : path.substring(0, mark)).split("/"));
    return segments.subList(Math.max(0, segments.size() - 2), segments.size()).stream()
        .anyMatch(DOORS::contains);
  }
}
