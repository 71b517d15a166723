package dev.portcullis.analyze;

import dev.portcullis.analyze.Counts.Origin;
import dev.portcullis.analyze.Counts.Route;
import dev.portcullis.analyze.format.LoggedRequest;
import dev.portcullis.analyze.format.Slice;
import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of logged requests what the gate would have recorded, as far as a log tells. The objects
 * that a path names stand for data subjects; whether an answer was refused and by whom is guessed
 * from its status. Not thread-safe.
 */
final class Exchanges {
  private static final int HEADERS = 32_768;
  private static final int SAMPLE_LENGTH = 200;
  private static final long[] NOTHING = {};
  private static final Outcome FORWARDED = new Outcome.Forwarded();
  private static final Set<String> DATA_CLASSES = Set.of("logged-object");

  private final Counts counts = new Counts();
  private final PathShape shape = new PathShape();
  private final Interned<Header> agents = new Interned<>(HEADERS);
  private final Interned<Header> referers = new Interned<>(HEADERS);
  private final Interned<String> methods = new Interned<>(64);
  private final Interned<String> users = new Interned<>(HEADERS);
  private final Interned<String> keys = new Interned<>(HEADERS);
  private final SourceAddress address;
  private final Inspection inspection;
  private boolean begun;

  Exchanges(AnalyzerSettings settings, Inspection inspection) {
    address = new SourceAddress(settings.forwarded());
    this.inspection = inspection;
  }

  /** A header's value and what the inspection found in it. */
  private record Header(Client client, List<Finding> findings) {}

  Counts counts() {
    return counts;
  }

  /** Counts the request; adds an event if a detector may have something to say about it. */
  void take(LoggedRequest request, int line, List<Event> events) {
    address.read(request.source(), request.forwarded());
    Origin origin =
        counts.sources.of(address.array(), address.from(), address.to(), Exchanges::origin);
    Slice target = request.target();
    shape.read(target.array(), target.from(), target.to());
    Route route = counts.routes.of(shape.route(), 0, shape.length(), Exchanges::route);
    int status = request.status();
    counts.all.add(request.at(), status, request.responseBytes());
    origin.tally().add(request.at(), status, request.responseBytes());
    route.tally().add(request.at(), status, request.responseBytes());
    counts.statuses[status]++;
    counts.timeline.add(request.at(), Timeline.REQUESTS, 1);
    if (status >= 400) {
      counts.timeline.add(request.at(), Timeline.ERRORS, 1);
    }
    Header agent = header(agents, request.userAgent(), "user-agent");
    Header referer = header(referers, request.referer(), "referer");
    List<Finding> findings = findings(target, agent, referer);
    boolean login = route.login() && isPost(request.method());
    boolean objects = shape.hasObjects() && status >= 200 && status < 300;
    // What no detector has a key for is not told to them: most of an ordinary log. The first is, so
    // that they know since when there is a log.
    boolean interesting =
        objects
            || login
            || status == 404
            || !findings.isEmpty()
            || !request.user().isEmpty()
            || !request.key().isEmpty()
            || !begun;
    if (interesting) {
      begun = true;
      events.add(event(request, line, origin, route, agent, findings, login, objects));
    }
  }

  private List<Finding> findings(Slice target, Header agent, Header referer) {
    List<Finding> found =
        target.isEmpty()
            ? List.of()
            : inspection.head(
                InspectedHead.ofTarget(
                    new String(
                        target.array(),
                        shape.pathFrom(),
                        target.to() - shape.pathFrom(),
                        StandardCharsets.UTF_8)));
    if (agent.findings().isEmpty() && referer.findings().isEmpty()) {
      return found;
    }
    var all = new ArrayList<>(found);
    all.addAll(agent.findings());
    all.addAll(referer.findings());
    return List.copyOf(all);
  }

  private Header header(Interned<Header> known, Slice value, String name) {
    return known.of(
        value.array(),
        value.from(),
        value.to(),
        (array, from, to) -> {
          String text = new String(array, from, to - from, StandardCharsets.UTF_8);
          Optional<String> hash =
              text.isEmpty() ? Optional.empty() : Optional.of(Digests.shortOf(text));
          return new Header(
              new Client(Optional.empty(), hash, Optional.empty()),
              text.isEmpty() ? List.of() : inspection.head(InspectedHead.ofHeader(name, text)));
        });
  }

  private Event event(
      LoggedRequest request,
      int line,
      Origin origin,
      Route route,
      Header agent,
      List<Finding> findings,
      boolean login,
      boolean objects) {
    Optional<String> user = interned(users, request.user(), Exchanges::visible);
    Optional<String> key = interned(keys, request.key(), Exchanges::keyId);
    int status = request.status();
    boolean failed = isFailedLogin(route, login, status) || (status == 401 && user.isPresent());
    Exchange exchange =
        new Exchange(
            Instant.ofEpochSecond(
                Math.floorDiv(request.at(), 1_000_000L),
                Math.floorMod(request.at(), 1_000_000L) * 1_000),
            Duration.ZERO,
            Optional.of(route.name()),
            failed ? Optional.empty() : key.or(() -> user.map(name -> "user " + name)),
            failed ? Optional.empty() : user,
            failed ? user : Optional.empty(),
            origin.text(),
            agent.client(),
            interned(methods, request.method(), Exchanges::visible).orElse("-"),
            path(route.name()),
            status,
            request.requestBytes(),
            request.responseBytes(),
            outcome(failed, status, !findings.isEmpty()),
            findings,
            objects
                ? Carried.of(DATA_CLASSES, subjects(), Observation.UNREADABLE)
                : Carried.NOTHING,
            Carried.NOTHING);
    return new Event(
        line,
        exchange,
        login,
        objects ? shape.objects() : NOTHING,
        findings.isEmpty() ? "" : sample(request));
  }

  private static Optional<String> interned(
      Interned<String> known, Slice value, Interned.Maker<String> maker) {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(known.of(value.array(), value.from(), value.to(), maker));
  }

  private static Outcome outcome(boolean failed, int status, boolean attack) {
    String reason = "status-" + status;
    if (failed) {
      return new Outcome.Refused("authentication", reason);
    }
    if (attack && (status == 400 || status == 403 || status == 405 || status == 406)) {
      return new Outcome.Refused("inspection", reason);
    }
    return switch (status) {
      case 429 -> new Outcome.Refused("rate-limit", reason);
      case 0, 499 -> new Outcome.Failed("client-closed");
      case 502, 503, 504 -> new Outcome.Failed(reason);
      default -> FORWARDED;
    };
  }

  /** WordPress answers a wrong password with 200 and a right one with 302. */
  private static boolean isFailedLogin(Route route, boolean login, int status) {
    return login
        && (status == 401
            || status == 403
            || status == 400
            || status == 422
            || (status == 200 && route.name().endsWith("/wp-login.php")));
  }

  private List<Pseudonym> subjects() {
    var subjects = new ArrayList<Pseudonym>(1);
    for (long object : shape.objects()) {
      var subject = new Pseudonym(Digests.text(object));
      if (!subjects.contains(subject)) {
        subjects.add(subject);
      }
    }
    return subjects;
  }

  /** The route with the objects' fingerprints in it. */
  private String path(String route) {
    if (!shape.hasObjects()) {
      return route;
    }
    var path = new StringBuilder(route.length() + 24);
    int from = 0;
    for (long object : shape.objects()) {
      int at = route.indexOf("{id}", from);
      if (at < 0) {
        break;
      }
      path.append(route, from, at).append('~').append(Digests.text(object));
      from = at + 4;
    }
    return path.append(route, from, route.length()).toString();
  }

  private static String sample(LoggedRequest request) {
    String whole =
        request.method().text() + " " + request.target().text() + " (" + request.status() + ")";
    return Visible.of(whole.strip(), SAMPLE_LENGTH);
  }

  private static boolean isPost(Slice method) {
    return method.length() == 4 && method.at(0) == 'P' && method.at(1) == 'O';
  }

  private static Origin origin(byte[] array, int from, int to) {
    String text = from == to ? "unknown" : visible(array, from, to);
    return new Origin(text, new Tally(text));
  }

  private static Route route(byte[] array, int from, int to) {
    String name = visible(array, from, to);
    return new Route(name, Logins.isDoor(name), new Tally(name));
  }

  private static String visible(byte[] array, int from, int to) {
    return Visible.of(new String(array, from, to - from, StandardCharsets.UTF_8), 256);
  }

  private static String keyId(byte[] array, int from, int to) {
    return "key " + Digests.shortOf(new String(array, from, to - from, StandardCharsets.UTF_8));
  }
}
