package dev.portcullis.gate.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BodyValuesTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private static List<String> values(String type, String body) {
    var values = new ArrayList<String>();
    BodyValues.of(type, body, values::add);
    return values;
  }

  @Test
  void aFormThatBeginsLikeJsonIsReadAsBoth() {
    assertThat(values(FORM, "{\"a\":\"b c\"}=1&d=e+f")).contains("b c", "e f");
  }

  @Test
  void aParameterOfTheMediaTypeIsNoMediaType() {
    assertThat(values("text/plain; x=json", "no quotes")).containsExactly("no quotes");
    assertThat(values("text/plain; x=json", "{\"a\":\"b\"}"))
        .containsExactly("a", "b", "{\"a\":\"b\"}");
    assertThat(values("application/json; x=y", "{\"a\":\"b\"}")).containsExactly("a", "b");
  }

  @Test
  void theDeclaredBoundaryDividesAMultipartBody() {
    String body =
        "--FAKE\r\nfilename\r\n--REAL\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\n"
            + "seen\r\n--REAL\r\nContent-Disposition: form-data; name=\"f\"; filename=\"g.bin\"\r\n\r\n"
            + "a file\r\n--REAL--\r\n";
    assertThat(values("multipart/form-data; boundary=\"REAL\"", body))
        .contains("filename", "seen", "f", "g.bin")
        .doesNotContain("a file");
    assertThat(values("Multipart/Form-Data; Boundary=REAL", body)).contains("seen");
    assertThat(values("multipart/form-data", body)).containsExactly(body);
    assertThat(values("multipart/form-data; boundary=other", body)).containsExactly(body.strip());
  }

  // Megabytes of what used to be looked through to the end for each character: minutes, not time.
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aBodyOfNothingButSeparatorsIsReadInOneGo() {
    int many = 8 << 20;
    assertThat(values(FORM, "&".repeat(many))).isEmpty();
    assertThat(values("application/xml", "<a>".repeat(many))).isEmpty();
    assertThat(values("multipart/form-data; boundary=", "\n--\n".repeat(many / 4))).isEmpty();
  }
}
