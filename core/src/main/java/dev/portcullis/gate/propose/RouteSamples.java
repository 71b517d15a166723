package dev.portcullis.gate.propose;

import dev.portcullis.gate.observe.BodyObserver;
import dev.portcullis.gate.observe.Decoded;
import dev.portcullis.gate.propose.RouteProposal.PathProposal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Samples of one route's responses: at most one a second, and of each the first 64 KiB. */
public final class RouteSamples {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  /** Paths of one route that are counted; further ones are not. */
  private static final int MAX_PATHS = 500;

  private final String route;
  private final Samples all;
  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private final Map<String, PathCounts> paths = new LinkedHashMap<>();
  private long samples;

  RouteSamples(String route, Samples all) {
    this.route = route;
    this.all = all;
  }

  /** Whether it is time for the next. Cheap: asked for every response. */
  public boolean isDue() {
    return System.nanoTime() - next.get() >= 0;
  }

  /** Takes a sample of a response, if it is one that can be classified and nobody was faster. */
  public Optional<BodyObserver> take(
      int status, Optional<String> contentType, Optional<String> contentEncoding) {
    boolean fits =
        status == 200
            && contentType.filter(RouteSamples::isJson).isPresent()
            && Decoded.isPossible(contentEncoding);
    long due = next.get();
    boolean mine =
        fits
            && System.nanoTime() - due >= 0
            && next.compareAndSet(due, System.nanoTime() + EVERY_NANOS);
    return mine
        ? Optional.of(
            new SampleObserver(
                body -> all.classify(() -> SampleReader.read(body, contentEncoding, this))))
        : Optional.empty();
  }

  private static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    String name = semicolon < 0 ? type : type.substring(0, semicolon).strip();
    return name.equals("application/json") || name.endsWith("+json") || name.equals("text/json");
  }

  /** A response has been looked at. */
  synchronized void sampled() {
    samples++;
  }

  /** At that path stood a value. */
  synchronized void value(String path, String name, String value) {
    PathCounts counts = paths.get(path);
    if (counts == null) {
      if (paths.size() >= MAX_PATHS) {
        return;
      }
      counts = new PathCounts(name);
      paths.put(path, counts);
    }
    counts.add(value, all.salt());
  }

  synchronized RouteProposal proposal() {
    var found = new ArrayList<PathProposal>();
    var subjects = new ArrayList<String>();
    paths.forEach((path, counts) -> {
      counts
          .kind()
          .ifPresent(kind ->
              found.add(
                  new PathProposal(
                      path,
                      kind.dataClass(),
                      kind.label(),
                      counts.matching(kind),
                      counts.values())));
      if (counts.isSubject()) {
        subjects.add(path);
      }
    });
    return new RouteProposal(route, samples, List.copyOf(subjects), List.copyOf(found));
  }
}
