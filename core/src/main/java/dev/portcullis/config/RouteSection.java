package dev.portcullis.config;

import dev.portcullis.config.LimitSettings.LimitKey;
import dev.portcullis.config.RecordingSettings.Release;
import dev.portcullis.config.RecordingSettings.WhenFull;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code routes}, but for {@code data}. */
final class RouteSection {
  /** What a route does where it does not say otherwise. */
  static final RecordingSettings RECORDING =
      new RecordingSettings(Release.FLUSH_INTERVAL, WhenFull.REFUSE);

  private static final long BODY_LIMIT = 1 << 20;
  private static final long MOST_BODY = 64L << 30;
  private static final String METHODS_EXPECTED =
      "the allowed methods and the scopes each needs, such as {GET: [patients:read]}";

  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "QUERY",
          "PROPFIND",
          "PROPPATCH",
          "MKCOL",
          "COPY",
          "MOVE",
          "LOCK",
          "UNLOCK",
          "REPORT",
          "SEARCH");

  private static final Text<String> METHOD =
      Text.of(
          "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS or another registered method, in capitals",
          RouteSection::method);

  private RouteSection() {}

  static RouteSettings route(Section section, OpenApiDocuments documents) {
    Set<CredentialKind> authentication = authentication(section);
    DataSection.Found data = section.section("data", DataSection::data, DataSection.Found.NOTHING);
    var route = settings(section, authentication, data.data());
    return documents.apply(section, route, data.openApi());
  }

  private static RouteSettings settings(
      Section section, Set<CredentialKind> authentication, DataSettings data) {
    return new RouteSettings(
        section.required("name", Texts.NAME, ""),
        section.required("path", PathTemplates.TEMPLATE, ""),
        section.required("upstream", Texts.NAME, ""),
        methods(section),
        authentication,
        section
            .filled("limit")
            .map(value -> value.section(limit -> limit(limit, authentication.isEmpty()))),
        section.optional("body-limit", Sizes.between(0, MOST_BODY), BODY_LIMIT),
        section.optional("inspection", Texts.oneOf(InspectionMode.class), InspectionMode.OBSERVE),
        section.section("journal", RouteSection::recording, RECORDING),
        data);
  }

  private static Map<String, Set<String>> methods(Section section) {
    Optional<Value> value = section.filled("methods");
    if (value.isEmpty()) {
      section.missing("methods", METHODS_EXPECTED);
      return Map.of();
    }
    var methods = new LinkedHashMap<String, Set<String>>();
    if (value.get().isMap()) {
      value
          .get()
          .entries()
          .forEach((method, scopes) -> {
            try {
              methods.put(METHOD.parse(method), Section.set(scopes, Texts.SCOPE));
            } catch (Mistake mistake) {
              scopes.problem(
                  "\"" + Masking.abridged(method) + "\" " + mistake.predicate(), METHOD.expected());
            }
          });
    } else {
      Section.set(value.get(), METHOD).forEach(name -> methods.put(name, Set.of()));
    }
    if (value.get().items().isEmpty() || (value.get().isMap() && value.get().entries().isEmpty())) {
      section.problem("methods", "allows nothing", METHODS_EXPECTED);
    }
    return Collections.unmodifiableMap(methods);
  }

  private static String method(String text) throws Mistake {
    if (text.equalsIgnoreCase("CONNECT") || text.equalsIgnoreCase("TRACE")) {
      throw new Mistake("is never let through: tunnels and echoes go around every control");
    }
    if (!METHODS.contains(text)) {
      throw new Mistake("is no method" + Nearest.hint(text, METHODS));
    }
    return text;
  }

  /** Absent: every kind. Open to everybody only where it says {@code none}. */
  private static Set<CredentialKind> authentication(Section section) {
    Set<CredentialKind> all = Collections.unmodifiableSet(EnumSet.allOf(CredentialKind.class));
    Optional<Value> value = section.value("authentication");
    if (value.isEmpty()) {
      return all;
    }
    List<Value> items = value.get().items();
    if (items.size() == 1 && items.getFirst().says("none")) {
      return Set.of();
    }
    if (items.isEmpty()) {
      section.problem(
          "authentication",
          "is empty",
          "api-key, password, token; or the word none, if everybody is to be let in");
      return all;
    }
    for (Value item : items) {
      if (item.says("none")) {
        item.problem("\"none\" stands among others", "either none or kinds of credentials");
        return all;
      }
    }
    return Section.set(value.get(), Texts.oneOf(CredentialKind.class));
  }

  private static LimitSettings limit(Section section, boolean anonymous) {
    Set<LimitKey> by = section.set("by", Texts.oneOf(LimitKey.class));
    if (by.isEmpty()) {
      by = Set.of(anonymous ? LimitKey.SOURCE : LimitKey.CREDENTIAL);
    }
    return new LimitSettings(
        section.required("requests", Texts.integer(1, 1_000_000_000), 1),
        section.required(
            "per",
            Durations.between(Duration.ofMillis(100), Duration.ofDays(31)),
            Duration.ofMinutes(1)),
        by);
  }

  private static RecordingSettings recording(Section section) {
    return new RecordingSettings(
        section.optional("release", Texts.oneOf(Release.class), RECORDING.release()),
        section.optional("when-full", Texts.oneOf(WhenFull.class), RECORDING.whenFull()));
  }
}
