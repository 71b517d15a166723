package dev.portcullis.gate;

import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.wire.Target;
import dev.portcullis.journal.Pseudonyms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path as the journal may hold it: no data subject in clear, nothing that is not visible ASCII,
 * at most 1,024 characters.
 */
final class RecordedPath {
  private static final int MAX_PATH = 1_024;
  private static final int MAX_METHOD = 32;

  private final RouteTable routes;
  private final Pseudonyms pseudonyms;

  RecordedPath(RouteTable routes, Pseudonyms pseudonyms) {
    this.routes = routes;
    this.pseudonyms = pseudonyms;
  }

  String of(Target target, Optional<GateRoute> route) {
    if (target.violation().isPresent()) {
      return visible(ofBroken(target), MAX_PATH);
    }
    Optional<GateRoute> named =
        route.or(() -> routes.match(target.segments()).map(RouteTable.Match::any));
    return visible(
        named.map(known -> hidden(known.settings(), target)).orElse(target.path()), MAX_PATH);
  }

  static String method(String method) {
    return visible(method, MAX_METHOD);
  }

  private String hidden(RouteSettings route, Target target) {
    return subjectPlace(route) < 0
        ? target.path()
        : replaced(route, List.of(target.path().substring(1).split("/", -1)), target.segments());
  }

  private static int subjectPlace(RouteSettings route) {
    if (route.data().subjectParameter().isEmpty()) {
      return -1;
    }
    String template = "{" + route.data().subjectParameter().get() + "}";
    return List.of(route.path().substring(1).split("/", -1)).indexOf(template);
  }

  private String replaced(RouteSettings route, List<String> shown, List<String> decoded) {
    int place = subjectPlace(route);
    if (place < 0 || place >= decoded.size()) {
      return "/" + String.join("/", shown);
    }
    var segments = new ArrayList<>(shown);
    segments.set(place, pseudonyms.of(decoded.get(place)).toString());
    return "/" + String.join("/", segments);
  }

  // A path that is refused for its form may still name a data subject to those who know the routes:
  // read it as the most lenient server would, and hide what that server would find.
  private String ofBroken(Target target) {
    List<String> segments = lenient(target.raw());
    return routes
        .match(segments)
        .map(RouteTable.Match::any)
        .filter(route -> subjectPlace(route.settings()) >= 0)
        .map(route -> replaced(route.settings(), segments, segments))
        .orElse(target.raw());
  }

  private static List<String> lenient(String raw) {
    String path = raw;
    int scheme = path.indexOf("://");
    if (scheme > 0 && !path.startsWith("/")) {
      int slash = path.indexOf('/', scheme + 3);
      path = slash < 0 ? "/" : path.substring(slash);
    }
    path = percentDecoded(percentDecoded(path)).replace('\\', '/');
    var segments = new ArrayList<String>();
    for (String segment : path.split("/", -1)) {
      int semicolon = segment.indexOf(';');
      String name = semicolon < 0 ? segment : segment.substring(0, semicolon);
      if (name.equals("..")) {
        if (!segments.isEmpty()) {
          segments.removeLast();
        }
      } else if (!name.isEmpty()
          && !name.equals(".")
          && segments.size() < RouteSettings.MAX_SEGMENTS) {
        segments.add(name);
      }
    }
    return segments;
  }

  private static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = ByteBuffer.allocate(4 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (c == '%' && high >= 0 && low >= 0) {
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  private static String visible(String text, int most) {
    boolean fine = text.length() <= most && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (fine) {
      return text;
    }
    var visible = new StringBuilder(most);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      String next =
          octet > 0x20 && octet < 0x7f
              ? String.valueOf((char) octet)
              : String.format("%%%02X", octet & 0xff);
      if (visible.length() + next.length() > most) {
        break;
      }
      visible.append(next);
    }
    return visible.toString();
  }
}
