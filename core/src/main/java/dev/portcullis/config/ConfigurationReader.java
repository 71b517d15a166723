package dev.portcullis.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code portcullis.yaml} and validates it as a whole. Never throws anything but {@link
 * ConfigurationException}, whatever the file holds; holds no state between two readings.
 */
public final class ConfigurationReader {
  private static final String STARTER = "starter.yaml";

  private final Set<String> knownRules;
  private final Map<String, String> environment;

  /**
   * With this process's environment.
   *
   * @param knownRules ids of the shipped obligation rules
   */
  public ConfigurationReader(Set<String> knownRules) {
    this(knownRules, System.getenv());
  }

  /**
   * @param knownRules ids of the shipped obligation rules
   * @param environment what {@code ${NAME}} refers to
   */
  public ConfigurationReader(Set<String> knownRules, Map<String, String> environment) {
    this.knownRules = Set.copyOf(knownRules);
    this.environment = Map.copyOf(environment);
  }

  /**
   * A usable configuration.
   *
   * @param warnings what is legal but doubtful, in the order of the file
   */
  public record Checked(Configuration configuration, List<Problem> warnings) {}

  /**
   * The configuration in the file.
   *
   * @throws ConfigurationException with all problems at once
   */
  public Configuration read(Path file) throws ConfigurationException {
    return check(file).configuration();
  }

  /**
   * The configuration in the file, and what is doubtful about it.
   *
   * @throws ConfigurationException with all problems at once
   */
  public Checked check(Path file) throws ConfigurationException {
    return check(new Reading(SourceText.read(file), environment));
  }

  /** A commented configuration to begin with; it is valid wherever it is written to. */
  public static String starter() {
    try (InputStream in = ConfigurationReader.class.getResourceAsStream(STARTER)) {
      if (in == null) {
        throw new IllegalStateException(STARTER + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Checked check(Reading reading) throws ConfigurationException {
    Optional<Configuration> read =
        YamlTree.compose(reading)
            .map(node -> new Value(reading, node, "", ""))
            .filter(root -> !root.isNothing())
            .map(root -> root.section(this::configuration));
    read.ifPresent(configuration -> {
      new References(reading).check(configuration);
      new RouteChecks(reading).check(configuration);
      new PlaybookChecks(reading).check(configuration);
      new Surroundings(reading).check(configuration);
    });
    reading.throwIfAny();
    if (read.isEmpty()) {
      reading.problem(
          Position.START,
          "",
          "the file is empty",
          "node, listeners, upstreams, routes; `portcullis init` writes a starter");
      reading.throwIfAny();
    }
    return new Checked(read.orElseThrow(), reading.warnings());
  }

  private Configuration configuration(Section root) {
    var documents =
        new OpenApiDocuments(root.reading(), root.maybe("openapi", NodeSection.path(root)));
    return new Configuration(
        root.reading().source().file(),
        root.requiredSection("node", "{name: NAME, state: DIRECTORY}", NodeSection::node),
        root.requiredSections(
            "listeners",
            "at least one, such as - {name: public, address: 127.0.0.1:8443, tls: self-signed}",
            NodeSection::listener),
        root.requiredSections(
            "upstreams",
            "at least one, such as - {name: api, url: \"http://127.0.0.1:9090\"}",
            NodeSection::upstream),
        root.sections("accounts", IdentitySection::account),
        root.section(
            "authentication",
            IdentitySection::authentication,
            new AuthenticationSettings(List.of())),
        root.requiredSections(
            "routes",
            "at least one; whatever matches no route is refused",
            route -> RouteSection.route(route, documents)),
        root.section("limits", BoundsSection::limits, GateLimits.DEFAULT),
        root.section("journal", BoundsSection::journal, JournalSettings.DEFAULT),
        root.section("detectors", BoundsSection::detectors, DetectorSettings.DEFAULT),
        root.section("containment", BoundsSection::containment, ContainmentSettings.DEFAULT),
        root.filled("playbooks").isPresent()
            ? root.sections("playbooks", PlaybookSection::playbook)
            : PlaybookSection.standard(),
        root.section(
            "obligations",
            section -> DutiesSection.obligations(section, knownRules),
            DutiesSection.NO_OBLIGATIONS),
        root.section("notification", DutiesSection::notification, DutiesSection.NO_NOTIFICATION),
        root.sections("destinations", DestinationSection::destination),
        root.sections("assets", AssetSection::asset),
        root.section("console", NodeSection::console, NodeSection.defaultConsole()));
  }
}
