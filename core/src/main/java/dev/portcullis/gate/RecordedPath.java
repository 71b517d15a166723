package dev.portcullis.gate;

import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.wire.Target;
import dev.portcullis.journal.Pseudonyms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
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

  RecordedPath(RouteTable routes) {
    this.routes = routes;
  }

  String of(Target target, Optional<GateRoute> route, Pseudonyms pseudonyms) {
    if (target.violation().isPresent()) {
      return visible(ofBroken(target, pseudonyms), MAX_PATH);
    }
    BitSet places = subjectPlaces(route, target.segments());
    String path =
        places.isEmpty()
            ? target.path()
            : replaced(
                places,
                List.of(target.path().substring(1).split("/", -1)),
                target.segments(),
                pseudonyms);
    return visible(path, MAX_PATH);
  }

  static String method(String method) {
    return visible(method, MAX_METHOD);
  }

  // Where no template goes on to the path's end, others may still tell who is meant: a misspelt
  // path names a person all the same.
  private BitSet subjectPlaces(Optional<GateRoute> route, List<String> decoded) {
    Optional<RouteSettings> named =
        route.or(() -> routes.match(decoded).map(RouteTable.Match::any)).map(GateRoute::settings);
    boolean whole = named.isPresent() && !named.get().path().endsWith("**");
    BitSet places = whole ? new BitSet() : routes.subjectPlaces(decoded);
    int own = named.map(RecordedPath::subjectPlace).orElse(-1);
    if (own >= 0 && own < decoded.size()) {
      places.set(own);
    }
    return places;
  }

  private static int subjectPlace(RouteSettings route) {
    if (route.data().subjectParameter().isEmpty()) {
      return -1;
    }
    String template = "{" + route.data().subjectParameter().get() + "}";
    return List.of(route.path().substring(1).split("/", -1)).indexOf(template);
  }

  private String replaced(
      BitSet places, List<String> shown, List<String> decoded, Pseudonyms pseudonyms) {
    var segments = new ArrayList<>(shown);
    places.stream()
        .forEach(place -> segments.set(place, pseudonyms.of(decoded.get(place)).toString()));
    return "/" + String.join("/", segments);
  }

  // A path that is refused for its form may still name a data subject to those who know the routes:
  // read it as the most lenient server would, and hide what that server would find.
  private String ofBroken(Target target, Pseudonyms pseudonyms) {
    List<String> segments = lenient(target.raw());
    BitSet places = subjectPlaces(Optional.empty(), segments);
    return places.isEmpty() ? target.raw() : replaced(places, segments, segments, pseudonyms);
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
