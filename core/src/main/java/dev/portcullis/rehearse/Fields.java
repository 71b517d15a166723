package dev.portcullis.rehearse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A map of a scenario file; whatever nobody asked for is an error, found in {@link #end}. */
final class Fields {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final String place;
  private final Map<String, Object> left = new LinkedHashMap<>();

  Fields(String place, Object node) {
    this.place = place;
    if (!(node instanceof Map<?, ?> map)) {
      throw new ScenarioException(place + ": found " + node + ", expected a map of keys");
    }
    map.forEach((key, value) -> {
      if (value != null) {
        left.put(String.valueOf(key), value);
      }
    });
  }

  ScenarioException wrong(String key, Object found, String expected) {
    return new ScenarioException(
        "%s.%s: found '%s', expected %s".formatted(place, key, found, expected));
  }

  Optional<String> maybe(String key) {
    return Optional.ofNullable(left.remove(key)).map(String::valueOf).map(String::strip);
  }

  String text(String key) {
    return maybe(key).orElseThrow(() -> wrong(key, "nothing", "a text"));
  }

  boolean flag(String key) {
    String found = maybe(key).orElse("false");
    if (!found.equals("true") && !found.equals("false")) {
      throw wrong(key, found, "true or false");
    }
    return found.equals("true");
  }

  int whole(String key, int least, int most, int fallback) {
    return maybeWhole(key, least, most).map(Math::toIntExact).orElse(fallback);
  }

  Optional<Long> maybeWhole(String key, long least, long most) {
    return maybe(key)
        .map(found -> {
          String expected = "a whole number, %d to %d".formatted(least, most);
          try {
            long value = Long.parseLong(found);
            if (value < least || value > most) {
              throw wrong(key, found, expected);
            }
            return value;
          } catch (NumberFormatException e) {
            throw wrong(key, found, expected);
          }
        });
  }

  double share(String key, double fallback) {
    return number(key, 0, 1).orElse(fallback);
  }

  Optional<Double> number(String key, double least, double most) {
    return maybe(key)
        .map(found -> {
          String expected = "a number, %s to %s".formatted(least, most);
          try {
            double value = Double.parseDouble(found);
            if (!(value >= least && value <= most)) {
              throw wrong(key, found, expected);
            }
            return value;
          } catch (NumberFormatException e) {
            throw wrong(key, found, expected);
          }
        });
  }

  Duration duration(String key, Duration fallback) {
    return maybeDuration(key).orElse(fallback);
  }

  Optional<Duration> maybeDuration(String key) {
    return maybe(key)
        .map(found -> {
          Matcher matcher = DURATION.matcher(found);
          if (!matcher.matches()) {
            throw wrong(key, found, "a duration such as 250ms, 30s, 5m, 8h or 7d");
          }
          long amount = Long.parseLong(matcher.group(1));
          return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
        });
  }

  <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
    return maybe(key)
        .map(found -> {
          var words = new ArrayList<String>();
          for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(found)) {
              return constant;
            }
            words.add(word);
          }
          throw wrong(key, found, "one of " + String.join(", ", words));
        });
  }

  Optional<Fields> map(String key) {
    return Optional.ofNullable(left.remove(key)).map(node -> new Fields(place + "." + key, node));
  }

  List<Fields> maps(String key) {
    Object node = left.remove(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof List<?> list)) {
      throw wrong(key, node, "a list: each entry begins with a dash");
    }
    var maps = new ArrayList<Fields>();
    for (Object each : list) {
      maps.add(new Fields(place + "." + key + "[" + maps.size() + "]", String.valueOf(each), each));
    }
    return maps;
  }

  private Fields(String place, String shown, Object node) {
    this(place + (node instanceof Map<?, ?> ? "" : " (" + shown + ")"), node);
  }

  /** Nothing may be left. */
  void end() {
    if (!left.isEmpty()) {
      throw new ScenarioException(
          place
              + ": unknown key '"
              + left.keySet().iterator().next()
              + "'; docs/scenarios.md lists the known ones");
    }
  }

  /** A duration as it would be written. */
  static String show(Duration duration) {
    if (duration.toSeconds() == 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.toSeconds() % 3_600 == 0) {
      return duration.toHours() + "h";
    }
    return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
