package dev.portcullis.gate.observe;

import dev.portcullis.config.BodyData;
import dev.portcullis.config.DataSettings;
import dev.portcullis.config.OperationData;
import dev.portcullis.journal.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * What to look for in the responses and requests of one route; made once per route. Thread-safe.
 */
public final class ObservationPlan {
  /** Levels of a document; a deeper one is read no further. */
  private static final int MAX_DEPTH = 256;

  private final PathTree response;
  private final PathTree request;
  private final Map<String, PathTree> responses;
  private final Map<String, PathTree> requests;
  private final JsonFactory factory;
  private final int limit;

  /**
   * Compiles a route's paths.
   *
   * @param limit bytes of a body that are read, counted after decoding
   * @throws IllegalArgumentException for a JSON path that can't be read
   */
  public ObservationPlan(DataSettings data, int limit) {
    this.response = PathTree.of(data.response());
    this.request = PathTree.of(data.request());
    this.responses = operations(data, data.response(), OperationData::response);
    this.requests = operations(data, data.request(), OperationData::request);
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

  private static Map<String, PathTree> operations(
      DataSettings data, BodyData common, Function<OperationData, BodyData> which) {
    var trees = new HashMap<String, PathTree>();
    data.operations()
        .forEach((method, operation) ->
            trees.put(method, PathTree.of(common.and(which.apply(operation)))));
    return Map.copyOf(trees);
  }

  private static PathTree tree(Map<String, PathTree> special, PathTree common, String method) {
    return special.isEmpty() ? common : special.getOrDefault(method, common);
  }

  /** Whether responses to that method are read, and so must come in one piece. */
  public boolean reads(String method) {
    return !tree(responses, response, method).isEmpty();
  }

  /** Whether bodies of requests with that method are read. */
  public boolean readsRequest(String method) {
    return !tree(requests, request, method).isEmpty();
  }

  /**
   * Begins with one response.
   *
   * @param method of the request
   * @param contentType as sent
   * @param contentEncoding as sent
   * @param contentRange as sent; only a 206 has one
   */
  public BodyObserver observe(
      String method,
      int status,
      Optional<String> contentType,
      Optional<String> contentEncoding,
      Optional<String> contentRange) {
    PathTree tree = tree(responses, response, method);
    if (tree.isEmpty()) {
      return new BlindObserver(Observation.COMPLETE);
    }
    ContentRange range = ContentRange.of(status, contentRange);
    Optional<MediaType> type = MediaType.of(contentType);
    Optional<ContentCoding> coding = ContentCoding.of(contentEncoding);
    if (type.isEmpty() || coding.isEmpty() || range == ContentRange.ELSEWHERE) {
      // What an error page says to people was not expected to be anybody's data.
      boolean expected = (status >= 200 && status < 300) || coding.isEmpty();
      return new BlindObserver(expected ? Observation.UNREADABLE : Observation.NOT_EXPECTED);
    }
    return observer(tree, type.get(), coding.get(), range == ContentRange.BEGINNING);
  }

  /**
   * Begins with one request's body, of a method whose bodies are read.
   *
   * @param contentType as sent
   * @param contentEncoding as sent
   */
  public BodyObserver observeRequest(
      String method, Optional<String> contentType, Optional<String> contentEncoding) {
    Optional<MediaType> type = MediaType.of(contentType);
    Optional<ContentCoding> coding = ContentCoding.of(contentEncoding);
    return type.isEmpty() || coding.isEmpty()
        ? new BlindObserver(Observation.UNREADABLE)
        : observer(tree(requests, request, method), type.get(), coding.get(), false);
  }

  private BodyObserver observer(
      PathTree tree, MediaType type, ContentCoding coding, boolean fragment) {
    var walk = new Walk(tree);
    DocumentReader reader = reader(type, walk);
    return switch (coding) {
      case IDENTITY -> new StreamingObserver(null, reader, walk, limit, fragment);
      case GZIP -> new StreamingObserver(new GzipDecoder(), reader, walk, limit, fragment);
      case DEFLATE -> new StreamingObserver(new DeflateDecoder(), reader, walk, limit, fragment);
      case ZSTD -> new StreamingObserver(new ZstdDecoder(), reader, walk, limit, fragment);
      case BROTLI ->
          new BrotliObserver(new StreamingObserver(null, reader, walk, limit, fragment), limit);
    };
  }

  private DocumentReader reader(MediaType type, Walk walk) {
    return switch (type.format()) {
      case JSON -> json(walk, false);
      case JSON_LINES -> json(walk, true);
      case EVENTS -> new EventStreamReader(json(walk, true));
      case CSV -> new CsvReader(walk, type.charset(), type.header());
      case FORM -> new FormReader(walk);
      case XML -> new XmlReader(walk);
    };
  }

  private JsonReader json(Walk walk, boolean many) {
    return new JsonReader(
        factory.createNonBlockingByteBufferParser(ObjectReadContext.empty()), walk, many);
  }
}
