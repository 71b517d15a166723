package dev.portcullis.gate.observe;

import dev.portcullis.config.DataSettings;
import dev.portcullis.journal.Observation;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** What to look for in the responses of one route; made once per route. Thread-safe. */
public final class ObservationPlan {
  /** Levels of a document; a deeper one is read no further. */
  private static final int MAX_DEPTH = 256;

  private final PathNode root = new PathNode();
  private final JsonFactory factory;
  private final boolean reads;
  private final int limit;

  /**
   * Compiles a route's paths.
   *
   * @param limit bytes of a response that are read
   * @throws IllegalArgumentException for a JSON path that can't be read
   */
  public ObservationPlan(DataSettings data, int limit) {
    data.subjectPaths().forEach(path -> root.addSubject(JsonPath.parse(path)));
    data.classes()
        .forEach((dataClass, paths) ->
            paths.forEach(path -> root.addClass(JsonPath.parse(path), dataClass)));
    this.reads = !data.subjectPaths().isEmpty() || !data.classes().isEmpty();
    this.limit = limit;
    this.factory =
        JsonFactory.builder()
            // Names come from the upstream: a global table of them could be filled on purpose.
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(limit)
                    .maxNameLength(limit)
                    .maxNumberLength(limit)
                    .build())
            .build();
  }

  /** Whether bodies need to be read, and so must come unencoded and whole. */
  public boolean reads() {
    return reads;
  }

  /**
   * Begins with one response.
   *
   * @param contentType as sent
   * @param contentEncoding as sent
   */
  public ResponseObserver observe(
      int status, Optional<String> contentType, Optional<String> contentEncoding) {
    boolean encoded =
        contentEncoding.filter(coding -> !coding.equalsIgnoreCase("identity")).isPresent();
    if (!reads) {
      return new Blind(Observation.COMPLETE);
    }
    if (encoded || !contentType.map(ObservationPlan::isJson).orElse(false)) {
      boolean success = status >= 200 && status < 300;
      return new Blind(success || encoded ? Observation.UNREADABLE : Observation.NOT_EXPECTED);
    }
    return new JsonResponseObserver(
        factory.createNonBlockingByteBufferParser(ObjectReadContext.empty()), root, limit);
  }

  private static boolean isJson(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
  }

  /** Sees only whether there was anything. */
  private static final class Blind implements ResponseObserver {
    private final Observation ofSomething;
    private boolean something;

    Blind(Observation ofSomething) {
      this.ofSomething = ofSomething;
    }

    @Override
    public void bytes(ByteBuffer part) {
      something |= part.hasRemaining();
    }

    @Override
    public Observed end(boolean whole) {
      return new Observed(
          Set.of(), Set.of(), something || !whole ? ofSomething : Observation.COMPLETE);
    }
  }
}
