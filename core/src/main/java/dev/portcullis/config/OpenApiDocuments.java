package dev.portcullis.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The OpenAPI documents that a configuration names, each read once, and what they say about its
 * routes.
 */
final class OpenApiDocuments {
  private final Reading reading;
  private final Optional<Path> common;
  private final Map<Path, Optional<OpenApiFile>> files = new HashMap<>();

  /**
   * @param common the document of all routes that name none of their own
   */
  OpenApiDocuments(Reading reading, Optional<Path> common) {
    this.reading = reading;
    this.common = common;
    common.ifPresent(file -> open("openapi", file));
  }

  /** The route with what its document says about it. */
  RouteSettings apply(Section section, RouteSettings route, Optional<Path> own) {
    Optional<Path> named = own.or(() -> common);
    if (named.isEmpty() || route.path().isEmpty()) {
      return route;
    }
    String key = "data.openapi";
    Optional<OpenApiFile> file =
        own.isPresent() ? open(section.path() + "." + key, named.get()) : files.get(named.get());
    if (file == null || file.isEmpty()) {
      return route;
    }
    if (route.path().endsWith("**")) {
      if (own.isPresent()) {
        section.problem(
            key,
            "can't be used by a route that ends with **: many operations would share its paths",
            "a route for each operation");
      }
      return route;
    }
    List<OpenApiFile.Operation> operations =
        file.get().operations(PathTemplates.shape(route.path())).stream()
            .filter(operation -> route.methods().containsKey(operation.method()))
            .toList();
    if (operations.isEmpty() && own.isPresent()) {
      section.problem(
          key,
          "has no operation for " + route.path() + " with this route's methods",
          "the same path in the document's paths, after its server's path");
    }
    return with(route, file.get(), operations);
  }

  private Optional<OpenApiFile> open(String path, Path file) {
    Optional<OpenApiFile> known = files.get(file);
    if (known != null) {
      return known;
    }
    Optional<OpenApiFile> read;
    try {
      var of = new Reading(SourceText.read(file, OpenApiFile.MAX_SIZE), Map.of());
      read = OpenApiFile.read(of);
      reading.adopt(of);
    } catch (ConfigurationException e) {
      Problem problem = e.problems().getFirst();
      reading.problem(
          path,
          "\"" + file + "\" can't be read as a document: " + problem.wrong(),
          "an OpenAPI 3.0 or 3.1 document, as YAML or JSON");
      read = Optional.empty();
    }
    files.put(file, read);
    return read;
  }

  private RouteSettings with(
      RouteSettings route, OpenApiFile file, List<OpenApiFile.Operation> operations) {
    var data = new HashMap<String, OperationData>();
    Optional<String> subject = route.data().subjectParameter();
    for (OpenApiFile.Operation operation : operations) {
      OperationData of = file.data(operation);
      if (!of.response().isEmpty() || !of.request().isEmpty()) {
        data.put(operation.method(), of);
      }
      if (subject.isEmpty()) {
        subject = file.subjectParameter(operation, route.path());
      }
    }
    reading.adopt(file.takeFound());
    var old = route.data();
    return new RouteSettings(
        route.name(),
        route.path(),
        route.upstream(),
        route.methods(),
        route.authentication(),
        route.limit(),
        route.bodyLimit(),
        route.inspection(),
        route.recording(),
        new DataSettings(
            subject, old.subjectPaths(), old.classes(), old.request(), Map.copyOf(data)));
  }
}
