package dev.portcullis.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PathShapeTest {
  private final PathShape shape = new PathShape();

  private String route(String target) {
    byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
    shape.read(bytes, 0, bytes.length);
    return new String(shape.route(), 0, shape.length(), StandardCharsets.UTF_8);
  }

  @Test
  void identifiersBecomeOne() {
    assertThat(route("/api/v1/users/17")).isEqualTo("/api/v1/users/{id}");
    assertThat(route("/api/v10/users/17/orders/9")).isEqualTo("/api/v10/users/{id}/orders/{id}");
    assertThat(route("/o/7d444840-9dc0-11d1-b245-5ffdce74fad2?x=1")).isEqualTo("/o/{id}");
    assertThat(route("/o/507f1f77bcf86cd799439011")).isEqualTo("/o/{id}");
    assertThat(route("/i/INV-2024-00017.pdf")).isEqualTo("/i/{id}.pdf");
    assertThat(route("/u/jane.doe%40example.com")).isEqualTo("/u/{id}");
    assertThat(route("http://api.example:443/u/5")).isEqualTo("/u/{id}");
    assertThat(route("/doc?DocumentID=1234&x=1")).isEqualTo("/doc?DocumentID={id}");
    assertThat(route("/who?email=jane")).isEqualTo("/who?email={id}");
  }

  @Test
  void wordsStayWords() {
    assertThat(route("/")).isEqualTo("/");
    assertThat(route("/api/health-check/all")).isEqualTo("/api/health-check/all");
    assertThat(route("/search?q=17&page=3")).isEqualTo("/search");
    assertThat(route("/a?sessionid=12345&gclid=999&client_id=77")).isEqualTo("/a");
    assertThat(route("/assets/app.7f3d2a91.js")).isEqualTo("/assets/*.js");
    assertThat(shape.hasObjects()).isFalse();
    assertThat(route("/find/<script>alert(1)</script>")).isEqualTo("/find/{value}/{value}");
  }

  @Test
  void theSameObjectIsTheSameWhereverItStands() {
    route("/users/17");
    long user = shape.objects()[0];
    route("/api/users/17/orders/9");
    assertThat(shape.objects()).hasSize(2).contains(user);
    route("/orders/17");
    assertThat(shape.objects()).doesNotContain(user);
  }

  @Test
  void anyTargetHasABoundedRouteOfPlainCharacters() {
    qt().withExamples(2_000)
        .forAll(strings().betweenCodePoints(0x20, 0x17f).ofLengthBetween(0, 2_000))
        .checkAssert(target -> {
          String route = route("/" + target.replace(' ', '/'));
          assertThat(route.length()).isLessThanOrEqualTo(464);
          assertThat(route).doesNotContain("<", "\"", "'").startsWith("/");
          assertThat(shape.objects().length).isLessThanOrEqualTo(PathShape.OBJECTS);
        });
  }
}
