package dev.portcullis.rehearse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a scenario file, strictly. */
final class ScenarioReader {
  /** Characters of a file. */
  static final int MAX_CHARACTERS = 65_536;

  private static final int MILLION = 1_000_000;
  private static final Duration DAY = Duration.ofDays(1);

  private ScenarioReader() {}

  /**
   * The scenario in that text.
   *
   * @param place named in errors
   */
  static Scenario read(String place, String yaml) {
    var settings = LoadSettings.builder().setLabel(place).setCodePointLimit(MAX_CHARACTERS).build();
    Object node;
    try {
      node = new Load(settings).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new ScenarioException(place + ": not YAML: " + e.getMessage());
    }
    var fields = new Fields(place, node == null ? "nothing" : node);
    var scenario =
        new Scenario(
            fields.text("name"),
            fields.text("title"),
            fields.maybe("family"),
            fields.maybe("summary").orElse(""),
            fields.maybe("twin"),
            fields.maybeWhole("real-subjects", 0, 10_000_000_000L),
            fields.map("bound").map(ScenarioReader::bound).orElse(Bound.NONE),
            fields.word("today", Verdict.class),
            fields.duration("learning", Duration.ZERO),
            DetectorOverrides.read(fields.map("detectors")),
            traffics(fields, "attack"),
            traffics(fields, "ordinary"));
    fields.end();
    check(place, scenario);
    return scenario;
  }

  private static void check(String place, Scenario scenario) {
    Set<String> names = new HashSet<>();
    var all = new ArrayList<Traffic>(scenario.ordinary());
    all.addAll(scenario.attack());
    if (all.isEmpty()) {
      throw new ScenarioException(place + ": neither attack nor ordinary: there is no traffic");
    }
    for (Traffic traffic : all) {
      if (!names.add(traffic.name())) {
        throw new ScenarioException(
            place + ": two groups are named '" + traffic.name() + "', expected different names");
      }
    }
    for (Traffic traffic : all) {
      for (Optional<String> other : List.of(traffic.actors().uses(), traffic.sources().at())) {
        if (other.filter(name -> !names.contains(name)).isPresent()) {
          throw new ScenarioException(
              "%s: group '%s' refers to '%s', expected one of %s"
                  .formatted(place, traffic.name(), other.get(), names.stream().sorted().toList()));
        }
      }
    }
  }

  private static Bound bound(Fields fields) {
    var bound =
        new Bound(
            fields.maybeWhole("requests", 1, Integer.MAX_VALUE),
            fields.maybeWhole("subjects", 1, Integer.MAX_VALUE),
            fields.maybeDuration("within"),
            fields.maybeWhole("accounts", 1, Integer.MAX_VALUE));
    fields.end();
    return bound;
  }

  private static List<Traffic> traffics(Fields fields, String key) {
    return fields.maps(key).stream().map(ScenarioReader::traffic).toList();
  }

  private static Traffic traffic(Fields fields) {
    String name = fields.text("name");
    String route = fields.text("route");
    var traffic =
        new Traffic(
            name,
            route,
            fields.maybe("method").orElse("GET"),
            fields.whole("bytes", 0, 1 << 30, 600),
            fields.maybe("client"),
            fields.maybe("finding"),
            fields.flag("refused"),
            fields.number("login-success", 0, 1),
            timing(fields),
            new Traffic.Actors(
                fields.whole("accounts", 0, MILLION, 0),
                fields.maybe("uses"),
                fields.whole("take", 1, MILLION, MILLION),
                fields.flag("one-by-one"),
                fields.flag("after-login")),
            sources(fields),
            fields.map("objects").map(each -> objects(each, route)));
    fields.end();
    return traffic;
  }

  private static Traffic.Timing timing(Fields fields) {
    return new Traffic.Timing(
        fields.duration("starts", Duration.ZERO),
        fields.duration("every", Duration.ofSeconds(1)),
        fields.flag("human"),
        fields.whole("from-hour", 0, 23, 0),
        fields.whole("to-hour", 1, 24, 24),
        fields.whole("requests", 1, MILLION, 1),
        fields.whole("repeats", 1, 1_000, 1),
        fields.duration("repeat-every", DAY));
  }

  private static Traffic.Sources sources(Fields fields) {
    return new Traffic.Sources(
        fields.whole("sources", 1, 65_536, 1),
        fields.word("source-change", Traffic.Change.class).orElse(Traffic.Change.REQUEST),
        fields.maybe("at"),
        fields.flag("one-network"));
  }

  private static Traffic.Objects objects(Fields fields, String route) {
    var objects =
        new Traffic.Objects(
            fields.maybe("of").orElse(route),
            fields.whole("pool", 1, 100 * MILLION, MILLION),
            fields.word("pick", Traffic.Pick.class).orElse(Traffic.Pick.NEXT),
            fields.whole("own", 1, 10_000, 5),
            fields.share("fresh", 0),
            fields.whole("per-response", 1, 10_000, 1),
            fields.share("hits", 1));
    fields.end();
    return objects;
  }
}
