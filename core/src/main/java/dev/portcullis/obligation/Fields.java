package dev.portcullis.obligation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Typed access to one YAML mapping; what was not asked for is an error in the end. */
final class Fields {
  private final String place;
  private final Map<String, Object> left = new TreeMap<>();

  Fields(String place, @Nullable Object node) {
    this.place = place;
    if (!(node instanceof Map<?, ?> map)) {
      throw wrong("a mapping", node);
    }
    map.forEach((key, value) -> {
      if (value != null) {
        left.put(String.valueOf(key), value);
      }
    });
  }

  /** The error that names place, found and expected. */
  IllegalArgumentException wrong(String expected, @Nullable Object found) {
    return new IllegalArgumentException(place + ": " + found + " (expected: " + expected + ")");
  }

  Optional<String> optionalText(String key) {
    Object value = left.remove(key);
    return Optional.ofNullable(value).map(String::valueOf);
  }

  String text(String key) {
    return optionalText(key)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> wrong("the field " + key, "nothing"));
  }

  String oneOf(String key, String... allowed) {
    String value = text(key);
    if (!Arrays.asList(allowed).contains(value)) {
      throw wrong(key + ": " + String.join(" or ", allowed), value);
    }
    return value;
  }

  boolean has(String key) {
    return left.containsKey(key);
  }

  int positive(String key) {
    Object value = left.remove(key);
    if (value instanceof Integer number && number > 0) {
      return number;
    }
    throw wrong(key + ": a whole number above 0", value);
  }

  boolean flag(String key) {
    Object value = left.remove(key);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key + ": true or false", value);
  }

  List<?> list(String key) {
    Object value = left.remove(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(key + ": a list", value);
  }

  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    list(key).forEach(each -> texts.add(String.valueOf(each)));
    return texts;
  }

  Fields mapping(String key) {
    return new Fields(place + ": " + key, left.remove(key));
  }

  Optional<Fields> optionalMapping(String key) {
    return left.containsKey(key) ? Optional.of(mapping(key)) : Optional.empty();
  }

  /** Nothing may be left. */
  void end() {
    if (!left.isEmpty()) {
      throw wrong("only documented fields", left.keySet());
    }
  }
}
