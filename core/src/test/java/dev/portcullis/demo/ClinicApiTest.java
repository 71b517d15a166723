package dev.portcullis.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClinicApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;
  private ClinicApi api;
  private HttpLink link;

  @BeforeEach
  void start() throws Exception {
    api = ClinicApi.start(directory, 0, 40, InstantSource.system());
    link = link("127.0.0.1");
  }

  @AfterEach
  void stop() {
    link.close();
    api.close();
  }

  private HttpLink link(String source) throws Exception {
    return new HttpLink(GateAddress.http("127.0.0.1", api.port()), InetAddress.getByName(source));
  }

  private HttpAnswer get(String target) throws Exception {
    return link.send("GET", target, Map.of(), new byte[0]);
  }

  private HttpAnswer patch(String target, String body) throws Exception {
    return link.send("PATCH", target, Map.of(), body.getBytes(UTF_8));
  }

  @Test
  void aPatientIsGivenToWhoeverAsks() throws Exception {
    HttpAnswer answer = get("/v1/patients/P-1001");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
    JsonNode patient = JSON.readTree(answer.body());
    assertThat(patient.propertyNames())
        .containsExactly("id", "name", "email", "phone", "diagnosis", "medication");
    assertThat(patient.get("id").stringValue()).isEqualTo("P-1001");
    assertThat(get("/v1/patients/P-9999").status()).isEqualTo(404);
    assertThat(get("/v1/patients/P-1001'%20OR%201=1").status()).isEqualTo(404);
    assertThat(get("/nothing").status()).isEqualTo(404);
    assertThat(link.send("DELETE", "/v1/patients/P-1001", Map.of(), new byte[0]).status())
        .isEqualTo(405);
    assertThat(get("/healthz").text()).contains("\"up\"");
  }

  @Test
  void aClinicsPatientsAreListedWithoutTheirIllnesses() throws Exception {
    String clinic = ClinicApi.clinics().getFirst();
    JsonNode items = JSON.readTree(get("/v1/patients?clinic=" + clinic).body()).get("items");
    assertThat(items.size()).isEqualTo(10);
    assertThat(items.get(0).propertyNames()).containsExactly("id", "name");
    assertThat(api.patientsOf(clinic, 100)).hasSize(10).startsWith("P-1001", "P-1005");
    assertThat(get("/v1/patients?clinic=nobody").text()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void aPatientIsChangedAndNothingElseCanBe() throws Exception {
    assertThat(patch("/v1/patients/P-1002", "{\"phone\": \"+44 20 7946 0001\"}").status())
        .isEqualTo(200);
    assertThat(api.phoneOf("P-1002")).isEqualTo("+44 20 7946 0001");
    assertThat(patch("/v1/patients/P-1002", "{\"diagnosis\": \"none\"}").status()).isEqualTo(400);
    assertThat(patch("/v1/patients/P-1002", "{\"phone\": 5}").status()).isEqualTo(400);
    assertThat(patch("/v1/patients/P-1002", "{}").status()).isEqualTo(400);
    assertThat(patch("/v1/patients/P-1002", "[1]").status()).isEqualTo(400);
    assertThat(patch("/v1/patients/P-1002", "{\"phone\"").status()).isEqualTo(400);
    assertThat(patch("/v1/patients/P-1002", " ".repeat(70_000) + "{}").status()).isEqualTo(413);
    assertThat(patch("/v1/patients/P-9999", "{\"phone\": \"1\"}").status()).isEqualTo(404);
  }

  @Test
  void itRemembersWhomItToldOfWhat() throws Exception {
    var attacker = Map.of("X-Forwarded-For", "10.9.9.9, 127.0.0.66");
    link.send("GET", "/v1/patients/P-1003", attacker, new byte[0]);
    link.send("GET", "/v1/patients/P-1003", attacker, new byte[0]);
    link.send("GET", "/v1/patients/P-9999", attacker, new byte[0]);
    link.send("PATCH", "/v1/patients/P-1004", attacker, "{\"phone\": \"1\"}".getBytes(UTF_8));
    link.send("GET", "/v1/appointments/A-5001", attacker, new byte[0]);
    assertThat(api.patientsGivenTo("127.0.0.66"))
        .containsExactlyInAnyOrder("P-1001", "P-1003", "P-1004");
    assertThat(api.served("127.0.0.66")).isEqualTo(4);
    try (var direct = link("127.0.0.12")) {
      direct.send("GET", "/v1/patients/P-1007", Map.of(), new byte[0]);
    }
    assertThat(api.patientsGivenTo("127.0.0.12")).containsExactly("P-1007");
    assertThat(api.patientsGivenTo("127.0.0.99")).isEmpty();
    link.send("GET", "/v1/patients?clinic=" + ClinicApi.clinics().get(1), attacker, new byte[0]);
    assertThat(api.patientsGivenTo("127.0.0.66"))
        .containsAll(api.patientsOf(ClinicApi.clinics().get(1), 100));
  }

  @Test
  void aRestartKeepsWhatIsThereAndSeedsNothingTwice() throws Exception {
    patch("/v1/patients/P-1005", "{\"phone\": \"+44 20 7946 0005\"}");
    get("/v1/patients/P-1006");
    stop();
    start();
    assertThat(api.patientCount()).isEqualTo(40);
    assertThat(api.phoneOf("P-1005")).isEqualTo("+44 20 7946 0005");
    get("/v1/patients/P-1006");
    assertThat(api.served("127.0.0.1")).isEqualTo(3);
  }

  @Test
  void theMadeUpPeopleAreTheSameAtEveryStartAndReachNobody() {
    var first = Fiction.patients(400).toList();
    assertThat(Fiction.patients(400).toList()).isEqualTo(first);
    assertThat(new HashSet<>(first.stream().map(Patient::email).toList())).hasSize(400);
    assertThat(first)
        .allMatch(patient -> patient.email().matches("[a-z]+\\.[a-z]+\\.[0-9]{4}@example\\.org"))
        .allMatch(patient -> patient.phone().matches("\\+44 20 7946 0[0-9]{3}"));
    assertThat(first.getFirst().toString()).isEqualTo("Patient[P-1001]");
  }
}
