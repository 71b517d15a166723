package dev.portcullis.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The JSON paths of what schemas mark with {@code x-data-class} (a data class, or a list of them)
 * and {@code x-data-subject: true}. Where a schema contains itself, its marked places are found at
 * any depth below ({@code ..}), so that none is missed.
 */
final class OpenApiSchemas {
  static final String CLASS = "x-data-class";
  static final String SUBJECT = "x-data-subject";

  /** Schemas looked at for one body; a hundredth is common. */
  private static final int MAX_SCHEMAS = 20_000;

  /** Paths of one body. */
  private static final int MAX_PATHS = 2_000;

  private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");

  private final OpenApiNodes nodes;
  private final Reading reading;
  private final Set<String> subjects = new LinkedHashSet<>();
  private final Map<String, Set<String>> classes = new LinkedHashMap<>();
  private int looked;
  private int paths;
  private boolean told;

  OpenApiSchemas(OpenApiNodes nodes, Reading reading) {
    this.nodes = nodes;
    this.reading = reading;
  }

  /** Adds a body's schema. */
  void add(Node schema) {
    schema(schema, "$", new LinkedHashSet<>(), false);
  }

  BodyData data() {
    var lists = new LinkedHashMap<String, List<String>>();
    classes.forEach((name, found) -> lists.put(name, List.copyOf(found)));
    return new BodyData(new ArrayList<>(subjects), Collections.unmodifiableMap(lists));
  }

  private void schema(Node schema, String path, Set<String> open, boolean below) {
    if (++looked > MAX_SCHEMAS) {
      tooMuch(schema, "has more than " + MAX_SCHEMAS + " schemas in one body");
      return;
    }
    reference(schema, path, open, below);
    marks(schema, path);
    nodes
        .fields(nodes.field(schema, "properties"))
        .forEach((name, each) -> schema(each, joined(path, JsonPath.step(name)), open, below));
    nodes
        .fields(nodes.field(schema, "patternProperties"))
        .values()
        .forEach(each -> schema(each, joined(path, ".*"), open, below));
    nodes
        .field(schema, "additionalProperties")
        .ifPresent(each -> schema(each, joined(path, ".*"), open, below));
    nodes.field(schema, "items").ifPresent(each -> schema(each, joined(path, "[*]"), open, below));
    List<Node> first = nodes.items(nodes.field(schema, "prefixItems"));
    for (int i = 0; i < first.size(); i++) {
      schema(first.get(i), joined(path, "[" + i + "]"), open, below);
    }
    for (String word : ALTERNATIVES) {
      nodes.items(nodes.field(schema, word)).forEach(each -> schema(each, path, open, below));
    }
    for (String word : List.of("then", "else")) {
      nodes.field(schema, word).ifPresent(each -> schema(each, path, open, below));
    }
  }

  private void reference(Node schema, String path, Set<String> open, boolean below) {
    Optional<Node> written = nodes.field(schema, "$ref");
    if (written.isEmpty()) {
      return;
    }
    String name = OpenApiNodes.text(written).orElse("");
    Optional<Node> target = nodes.target(name);
    if (target.isEmpty()) {
      reading.problem(
          Position.of(written.get().getStartMark()),
          "$ref",
          "\"" + Masking.abridged(name) + "\" leads nowhere in this document",
          name.startsWith("#")
              ? "a reference to what the document has, such as #/components/schemas/Patient"
              : "a local reference; bundle the documents into one first");
      return;
    }
    if (!open.contains(name)) {
      open.add(name);
      schema(target.get(), path, open, below);
      open.remove(name);
    } else if (below) {
      marks(target.get(), path);
    } else {
      marks(target.get(), path);
      var anew = new LinkedHashSet<String>();
      anew.add(name);
      schema(target.get(), path + "..", anew, true);
    }
  }

  private static String joined(String path, String step) {
    return path.endsWith("..") && step.startsWith(".") ? path + step.substring(1) : path + step;
  }

  private void marks(Node schema, String path) {
    if (path.endsWith("..")) {
      return;
    }
    if (OpenApiFile.isTrue(nodes.field(schema, SUBJECT)) && mayAdd(schema, path)) {
      subjects.add(path);
    }
    Optional<Node> marked = nodes.field(schema, CLASS);
    if (marked.isEmpty()) {
      return;
    }
    List<Node> names = nodes.items(marked);
    for (Node each : names.isEmpty() ? List.of(marked.get()) : names) {
      String name = OpenApiNodes.text(Optional.of(each)).orElse("");
      try {
        Texts.KEBAB.parse(name);
        if (mayAdd(schema, path)) {
          classes.computeIfAbsent(name, absent -> new LinkedHashSet<>()).add(path);
        }
      } catch (Mistake mistake) {
        reading.problem(
            Position.of(each.getStartMark()),
            CLASS,
            "the data class \"" + Masking.abridged(name) + "\" " + mistake.predicate(),
            "lower-case words joined by '-', such as health or bank-account");
      }
    }
  }

  private boolean mayAdd(Node schema, String path) {
    try {
      JsonPath.read(path);
    } catch (Mistake unreadable) {
      return false;
    }
    if (++paths > MAX_PATHS) {
      tooMuch(schema, "marks more than " + MAX_PATHS + " places in one body");
      return false;
    }
    return true;
  }

  private void tooMuch(Node schema, String wrong) {
    if (!told) {
      told = true;
      reading.problem(
          Position.of(schema.getStartMark()),
          "schema",
          wrong,
          "fewer; or name the paths in the route's data");
    }
  }
}
