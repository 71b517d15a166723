package dev.portcullis.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * An OpenAPI 3.0 or 3.1 document, read for {@code x-data-class} and {@code x-data-subject} alone.
 * JSON is read as the YAML that it is.
 */
final class OpenApiFile {
  /** Bytes; the largest published documents have about ten million. */
  static final int MAX_SIZE = 16 << 20;

  private static final int MAX_DEPTH = 200;
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  private final OpenApiNodes nodes;
  private Reading reading;
  private final List<Operation> operations = new ArrayList<>();

  /**
   * One operation.
   *
   * @param shapes of the paths under which it may be reached, parameters without names
   * @param path as the document has it
   * @param method in capitals
   * @param item what stands under the path
   * @param node what stands under the method
   */
  record Operation(Set<String> shapes, String path, String method, Node item, Node node) {}

  private OpenApiFile(Reading reading, Node root) {
    this.reading = reading;
    this.nodes = new OpenApiNodes(root);
  }

  /** The document; empty if it is none, which is then among the reading's problems. */
  static Optional<OpenApiFile> read(Reading reading) {
    Optional<Node> root =
        YamlTree.compose(reading, MAX_DEPTH, "a document with less nesting; use $ref");
    if (root.isEmpty()) {
      if (reading.problemCount() == 0) {
        reading.problem(Position.START, "", "is empty", "openapi: 3.1.0, info, paths");
      }
      return Optional.empty();
    }
    var file = new OpenApiFile(reading, root.get());
    String version = OpenApiNodes.text(file.nodes.field(root.get(), "openapi")).orElse("");
    if (!version.startsWith("3.0") && !version.startsWith("3.1")) {
      reading.problem(
          Position.START,
          "openapi",
          version.isEmpty()
              ? "is no OpenAPI 3 document"
              : "is version " + Masking.abridged(version),
          "openapi: 3.0.x or 3.1.x");
      return Optional.empty();
    }
    file.collect(root.get());
    return Optional.of(file);
  }

  private void collect(Node root) {
    Set<String> prefixes = prefixes(root);
    nodes
        .fields(nodes.field(root, "paths"))
        .forEach((path, item) -> {
          Node whole = nodes.resolved(item).orElse(item);
          var shapes = new LinkedHashSet<String>();
          prefixes.forEach(prefix -> shapes.add(PathTemplates.shape(prefix + path)));
          nodes
              .fields(Optional.of(whole))
              .forEach((method, node) -> {
                if (METHODS.contains(method)) {
                  operations.add(
                      new Operation(shapes, path, method.toUpperCase(Locale.ROOT), whole, node));
                }
              });
        });
  }

  // The gate passes paths on as they are, so they begin with the server's own.
  private Set<String> prefixes(Node root) {
    var prefixes = new LinkedHashSet<String>();
    for (Node server : nodes.items(nodes.field(root, "servers"))) {
      String url = OpenApiNodes.text(nodes.field(server, "url")).orElse("");
      try {
        String path = Optional.ofNullable(URI.create(url).getPath()).orElse("");
        prefixes.add(path.replaceFirst("/+$", ""));
      } catch (IllegalArgumentException withVariables) {
        prefixes.add("");
      }
    }
    prefixes.add("");
    return prefixes;
  }

  /** The operations under paths of that shape. */
  List<Operation> operations(String shape) {
    return operations.stream().filter(operation -> operation.shapes().contains(shape)).toList();
  }

  /** What the operation's bodies carry. */
  OperationData data(Operation operation) {
    var response = new OpenApiSchemas(nodes, reading);
    nodes
        .fields(nodes.field(operation.node(), "responses"))
        .values()
        .forEach(each -> bodies(nodes.resolved(each).orElse(each), response));
    var request = new OpenApiSchemas(nodes, reading);
    nodes
        .field(operation.node(), "requestBody")
        .ifPresent(body -> bodies(nodes.resolved(body).orElse(body), request));
    return new OperationData(response.data(), request.data());
  }

  // XML and multipart bodies name their parts otherwise than the schema does.
  private void bodies(Node holder, OpenApiSchemas into) {
    nodes
        .fields(nodes.field(holder, "content"))
        .forEach((type, media) -> {
          if (!type.contains("xml") && !type.startsWith("multipart/")) {
            nodes.field(media, "schema").ifPresent(into::add);
          }
        });
  }

  /** The route's parameter that the document marks as naming the data subject. */
  Optional<String> subjectParameter(Operation operation, String routePath) {
    var parameters = new ArrayList<>(nodes.items(nodes.field(operation.item(), "parameters")));
    parameters.addAll(nodes.items(nodes.field(operation.node(), "parameters")));
    for (Node each : parameters) {
      Node parameter = nodes.resolved(each).orElse(each);
      boolean marked =
          isTrue(nodes.field(parameter, OpenApiSchemas.SUBJECT))
              || nodes
                  .field(parameter, "schema")
                  .flatMap(schema -> nodes.resolved(schema).or(() -> Optional.of(schema)))
                  .filter(schema -> isTrue(nodes.field(schema, OpenApiSchemas.SUBJECT)))
                  .isPresent();
      String name = OpenApiNodes.text(nodes.field(parameter, "name")).orElse("");
      boolean inPath =
          OpenApiNodes.text(nodes.field(parameter, "in")).filter("path"::equals).isPresent();
      if (marked && inPath) {
        return atSamePlace(operation.path(), "{" + name + "}", routePath);
      }
    }
    return Optional.empty();
  }

  static boolean isTrue(Optional<Node> node) {
    return OpenApiNodes.text(node).filter("true"::equals).isPresent();
  }

  // Counted from the end: the server's path stands before.
  private static Optional<String> atSamePlace(String template, String parameter, String route) {
    List<String> theirs = List.of(template.split("/", -1));
    List<String> ours = List.of(route.split("/", -1));
    int place = theirs.indexOf(parameter);
    int own = place < 0 ? -1 : ours.size() - theirs.size() + place;
    return own >= 0 && ours.get(own).startsWith("{")
        ? Optional.of(ours.get(own).substring(1, ours.get(own).length() - 1))
        : Optional.empty();
  }

  /** What was found wrong since this was last asked. */
  Reading takeFound() {
    Reading found = reading;
    reading = new Reading(found.source(), Map.of());
    return found;
  }
}
