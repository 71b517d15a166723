package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an OpenAPI document marks is looked for without being said again. */
class OpenApiTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: Clinic, version: "1"}
      servers: [{url: "https://clinic.example/v1/"}]
      paths:
        /patients/{patientId}:
          parameters:
            - {name: patientId, in: path, required: true, x-data-subject: true, schema: {type: string}}
          get:
            responses:
              "200":
                content: {application/json: {schema: {$ref: "#/components/schemas/Patient"}}}
              "404": {$ref: "#/components/responses/Problem"}
          put:
            requestBody:
              content:
                application/json: {schema: {$ref: "#/components/schemas/Patient"}}
                application/xml: {schema: {$ref: "#/components/schemas/Problem"}}
            responses: {"204": {description: done}}
        /patients:
          get:
            responses:
              default:
                content:
                  application/json:
                    schema:
                      type: array
                      items: {$ref: "#/components/schemas/Patient"}
      components:
        responses:
          Problem: {content: {application/problem+json: {schema: {$ref: "#/components/schemas/Problem"}}}}
        schemas:
          Problem: {type: object, properties: {detail: {type: string, x-data-class: hint}}}
          Patient:
            allOf:
              - {$ref: "#/components/schemas/Person"}
              - type: object
                properties:
                  diagnosis: {type: string, x-data-class: health}
                  "blood type": {type: string, x-data-class: [health, special]}
                  contacts:
                    type: object
                    additionalProperties: {type: string, x-data-class: contact}
                  mother: {$ref: "#/components/schemas/Patient"}
                  visits:
                    type: array
                    items:
                      oneOf:
                        - {type: object, properties: {note: {x-data-class: health}}}
                        - {type: string}
          Person:
            type: object
            properties:
              id: {type: string, x-data-subject: true}
              email: {type: string, x-data-class: contact}
      """;

  @TempDir Path directory;
  private Sample sample;

  @BeforeEach
  void write() throws Exception {
    sample = new Sample(directory);
    Files.writeString(directory.resolve("clinic.yaml"), DOCUMENT);
  }

  private static String route(String name, String path, String methods, String data) {
    return "  - {name: %s, path: %s, upstream: clinic, methods: %s, data: %s}\n"
        .formatted(name, "\"" + path + "\"", methods, data);
  }

  private Configuration read(String text) throws Exception {
    return sample.check(text).configuration();
  }

  private static OperationData operation(DataSettings data, String method) {
    return Optional.ofNullable(data.operations().get(method)).orElseThrow();
  }

  @Test
  void schemasBecomePathsOfTheirOperation() throws Exception {
    Configuration all =
        read(
            "routes:\n"
                + route("p", "/v1/patients/{id}", "[GET, PUT]", "{openapi: ./clinic.yaml}"));
    DataSettings data = all.routes().getFirst().data();
    assertThat(data.subjectParameter()).contains("id");
    BodyData response = operation(data, "GET").response();
    assertThat(response.subjectPaths()).containsExactly("$.id", "$.mother..id");
    assertThat(response.classes().get("contact"))
        .contains("$.email", "$.contacts.*", "$.mother..email", "$.mother..contacts.*");
    assertThat(response.classes().get("health"))
        .contains("$.diagnosis", "$['blood type']", "$.visits[*].note", "$.mother..visits[*].note");
    assertThat(response.classes().get("special")).contains("$['blood type']");
    assertThat(response.classes().get("hint")).containsExactly("$.detail");
    BodyData request = operation(data, "PUT").request();
    assertThat(request.subjectPaths()).contains("$.id");
    assertThat(request.classes()).doesNotContainKey("hint");
    assertThat(operation(data, "PUT").response().isEmpty()).isTrue();
    for (var paths : response.classes().values()) {
      paths.forEach(JsonPath::parse);
    }
  }

  @Test
  void oneDocumentMayServeAllRoutesAndWhatTheySayThemselvesStays() throws Exception {
    Configuration all =
        read(
            "openapi: ./clinic.yaml\nroutes:\n"
                + route("list", "/v1/patients", "[GET]", "{subjects: ['$[*].own']}")
                + route("other", "/v1/other", "[GET]", "{}"));
    DataSettings list = all.route("list").orElseThrow().data();
    assertThat(list.subjectPaths()).containsExactly("$[*].own");
    assertThat(operation(list, "GET").response().subjectPaths()).contains("$[*].id");
    assertThat(all.route("other").orElseThrow().data().isEmpty()).isTrue();
  }

  @Test
  void jsonIsReadToo() throws Exception {
    Files.writeString(
        directory.resolve("api.json"),
        """
        {"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {"200": {"content":
          {"application/json": {"schema": {"properties": {"x": {"x-data-class": "health"}}}}}}}}}}}
        """);
    Configuration all = read("routes:\n" + route("a", "/a", "[GET]", "{openapi: ./api.json}"));
    assertThat(operation(all.routes().getFirst().data(), "GET").response().classes())
        .isEqualTo(Map.of("health", List.of("$.x")));
  }

  private void wrong(String document, String data, String... words) throws Exception {
    Files.writeString(directory.resolve("wrong.yaml"), document);
    String told = sample.mistakes("routes:\n" + route("a", "/a", "[GET]", data)).render();
    assertThat(told).contains(words);
  }

  private static String schema(String schema) {
    return "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      responses:\n        200: {content: {"
        + "application/json: {schema:\n          "
        + schema
        + "}}}\n";
  }

  @Test
  void mistakesAreToldWithTheirLine() throws Exception {
    String here = "{openapi: ./wrong.yaml}";
    wrong(schema("{x-data-class: Health Data}"), here, "wrong.yaml:7:26", "in kebab case");
    wrong(schema("{$ref: '#/components/schemas/No'}"), here, "wrong.yaml:7:18", "leads nowhere");
    wrong(schema("{$ref: 'other.yaml#/X'}"), here, "wrong.yaml:7:18", "bundle");
    wrong("swagger: '2.0'\n", here, "wrong.yaml:1:1", "no OpenAPI 3 document", "3.1.x");
    wrong("", here, "wrong.yaml:1:1", "is empty");
    wrong("a: [", here, "wrong.yaml:1");
    wrong(
        "openapi: 3.0.0\npaths: {/b: {get: {}}}\n", here, "no operation for /a", "routes[0].data");
  }

  @Test
  void aRouteOfManyPathsCannotTakeOnesDocument() throws Exception {
    String told =
        sample
            .mistakes("routes:\n" + route("a", "/a/**", "[GET]", "{openapi: ./clinic.yaml}"))
            .render();
    assertThat(told).contains("can't be used by a route that ends with **");
  }

  @Test
  void schemasWithoutEndAreCutOffLoudly() throws Exception {
    var wide = new StringBuilder("openapi: 3.0.0\npaths: {/a: {get: {responses: {200: {content: {");
    wide.append("application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}}}}\n");
    wide.append("components:\n  schemas:\n");
    for (int i = 0; i < 12; i++) {
      wide.append("    S%d: {properties: {".formatted(i));
      for (int j = 0; j < 4; j++) {
        wide.append("p%d: {$ref: '#/components/schemas/S%d'}, ".formatted(j, i + 1));
      }
      wide.append("}}\n");
    }
    wide.append("    S12: {x-data-class: health}\n");
    wrong(wide.toString(), "{openapi: ./wrong.yaml}", "in one body", "name the paths");
  }
}
