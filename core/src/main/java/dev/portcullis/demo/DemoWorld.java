package dev.portcullis.demo;

import dev.portcullis.app.Configurations;
import dev.portcullis.app.Node;
import dev.portcullis.app.Parts;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything the story needs, running: sample API, mail server, node, clinics, attacker. */
final class DemoWorld implements AutoCloseable {
  private static final int GATE_PORT = 8443;
  private static final int CONSOLE_PORT = 8444;
  private static final int FIRST_PATIENT = 1001;
  private static final int PATIENTS_OF_A_CLINIC = 30;
  private static final double CLINIC_PER_SECOND = 6;
  private static final double ATTACK_PER_SECOND = 20;
  private static final int ALTER_EVERY = 5;
  private static final int REFUSALS = 5;
  private static final int FIRST_CLINIC_HOST = 11;

  private final Parts parts;
  private final DemoDirectory directory;
  private final Path configFile;
  private final ClinicApi clinic;
  private final MailServer mail;
  private final Node node;
  private final DemoKeys keys;
  private final GateAddress gate;
  private final Attacker attacker;
  private final int attackFrom;
  private OrdinaryClients clients;

  private DemoWorld(
      Demo.Options options, DemoDirectory directory, Node.AnswerListener listener, Parts parts)
      throws IOException, ConfigurationException {
    this.parts = parts;
    this.directory = directory;
    parts.add(directory::unlock);
    Path root = directory.path();
    clinic =
        parts.add(
            ClinicApi.start(root.resolve("clinic"), 0, ClinicApi.PATIENTS, InstantSource.system()));
    mail = parts.add(MailServer.start(root.resolve("mail"), 0));
    // what a real offsite mount would be: it must be there, a backup never makes it
    Files.createDirectories(root.resolve("offsite"));
    configFile = root.resolve("portcullis.yaml");
    Files.writeString(
        configFile,
        configuration(
            Ports.choose(options.gatewayPort(), GATE_PORT),
            Ports.choose(options.consolePort(), CONSOLE_PORT)));
    node = parts.add(Node.open(Configurations.read(configFile), InstantSource.system(), listener));
    keys = DemoKeys.open(root.resolve("clinics.properties"), node.facades().credentials());
    node.start();
    gate =
        GateAddress.https(
            "127.0.0.1",
            node.address("public").getPort(),
            stateDirectory().resolve("tls/public.crt"));
    clients = parts.add(newClients());
    attackFrom = FIRST_PATIENT + (int) clinic.served(Demo.ATTACKER);
    attacker =
        parts.add(
            new Attacker(
                gate,
                Demo.ATTACKER,
                keys.of(stolenFrom()),
                new Attacker.Plan(
                    attackFrom, ClinicApi.PATIENTS, ATTACK_PER_SECOND, ALTER_EVERY, REFUSALS)));
  }

  static DemoWorld start(
      Demo.Options options, DemoDirectory directory, Node.AnswerListener listener)
      throws IOException, ConfigurationException {
    var begun = new Parts();
    try {
      return new DemoWorld(options, directory, listener, begun);
    } catch (IOException | ConfigurationException | RuntimeException e) {
      begun.close();
      throw e;
    }
  }

  private OrdinaryClients newClients() {
    var clinics = new ArrayList<OrdinaryClients.Clinic>();
    for (String name : ClinicApi.clinics()) {
      clinics.add(
          new OrdinaryClients.Clinic(
              name,
              "127.0.0." + (FIRST_CLINIC_HOST + clinics.size()),
              keys.of(name),
              clinic.patientsOf(name, PATIENTS_OF_A_CLINIC)));
    }
    return new OrdinaryClients(gate, clinics, CLINIC_PER_SECOND);
  }

  private String configuration(int gatePort, int consolePort) throws IOException {
    try (var in = DemoWorld.class.getResourceAsStream("portcullis.yaml")) {
      if (in == null) {
        throw new IllegalStateException("The build lacks the demo's portcullis.yaml");
      }
      String accounts =
          ClinicApi.clinics().stream()
              .map(name -> "  - {name: " + name + ", scopes: [patients:read, patients:write]}")
              .collect(Collectors.joining("\n"));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@GATE@", Integer.toString(gatePort))
          .replace("@CONSOLE@", Integer.toString(consolePort))
          .replace("@CLINIC@", Integer.toString(clinic.port()))
          .replace("@SMTP@", Integer.toString(mail.port()))
          .replace("@ACCOUNTS@", accounts)
          .replace(
              "@DATABASE@",
              String.valueOf(
                  ClinicApi.databaseFile(directory.path().resolve("clinic")).getFileName()));
    }
  }

  Node node() {
    return node;
  }

  ClinicApi clinic() {
    return clinic;
  }

  MailServer mail() {
    return mail;
  }

  GateAddress gate() {
    return gate;
  }

  Attacker attacker() {
    return attacker;
  }

  /** The clinics at work; after they have been closed, new ones. */
  OrdinaryClients clients() {
    return clients;
  }

  /** The clinics go back to work after a pause. */
  void restartClients() {
    clients = parts.add(newClients());
    clients.start();
  }

  int attackFrom() {
    return attackFrom;
  }

  boolean isResumed() {
    return directory.isResumed();
  }

  Path directory() {
    return directory.path();
  }

  Path configFile() {
    return configFile;
  }

  Path stateDirectory() {
    return node.facades().configuration().node().state();
  }

  /** Whose key the attacker has. */
  String stolenFrom() {
    return ClinicApi.clinics().getFirst();
  }

  ApiKey keyOf(String clinic) {
    return keys.of(clinic);
  }

  /** The stolen key's id. */
  String stolenCredential() {
    return keys.idOf(stolenFrom());
  }

  String consolePassword() {
    try {
      return Files.readString(stateDirectory().resolve("console-password")).strip();
    } catch (IOException e) {
      return "(see " + stateDirectory().resolve("console-password") + ")";
    }
  }

  /** The open incident about the stolen key. */
  Optional<Incident> incident() {
    return node.facades().incidents().list().stream()
        .filter(incident ->
            incident.principals().credential().equals(Optional.of(stolenCredential()))
                && incident.state() != IncidentState.DISMISSED)
        .findFirst();
  }

  int recoveryPoints() {
    return node.facades().recovery().points("clinic-database").size();
  }

  int ordersInForce() {
    var facades = node.facades();
    return facades.containment().inForce(facades.clock().instant()).size();
  }

  List<MailServer.Message> messages() {
    return mail.messages();
  }

  @Override
  public void close() {
    parts.close();
  }
}
