package dev.portcullis.obligation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Numbers of persons per jurisdiction, by code such as {@code US-TX} or {@code EU}. {@code TOTAL}
 * is all of them; without it, their sum is.
 */
record Numbers(Map<String, Long> byJurisdiction) {
  static final Numbers UNKNOWN = new Numbers(Map.of());
  private static final String TOTAL = "TOTAL";

  Numbers {
    var upper = new TreeMap<String, Long>();
    byJurisdiction.forEach((code, number) -> upper.put(code.toUpperCase(Locale.ROOT), number));
    byJurisdiction = Map.copyOf(upper);
  }

  /** What was said to be the total. */
  OptionalLong saidTotal() {
    Long total = byJurisdiction.get(TOTAL);
    return total == null ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /** The total, or the sum; a part of a country counts only where the country has no number. */
  OptionalLong total() {
    if (byJurisdiction.isEmpty() || saidTotal().isPresent()) {
      return saidTotal();
    }
    return OptionalLong.of(
        byJurisdiction.entrySet().stream()
            .filter(each -> !byJurisdiction.containsKey(country(each.getKey())))
            .mapToLong(Map.Entry::getValue)
            .sum());
  }

  private static String country(String code) {
    int dash = code.indexOf('-');
    return dash < 0 ? "" : code.substring(0, dash);
  }

  /**
   * The number there.
   *
   * @param jurisdiction a code; {@code US-*} asks for the largest number of a part
   * @param population its words, which may spell the name out
   */
  Optional<Map.Entry<String, Long>> in(String jurisdiction, String population) {
    if (jurisdiction.endsWith("-*")) {
      String prefix = jurisdiction.substring(0, jurisdiction.length() - 1);
      return byJurisdiction.entrySet().stream()
          .filter(each -> each.getKey().startsWith(prefix))
          .max(Map.Entry.comparingByValue());
    }
    String words = " " + population.toUpperCase(Locale.ROOT) + " ";
    String part = jurisdiction.substring(jurisdiction.indexOf('-') + 1);
    return byJurisdiction.entrySet().stream()
        .filter(each -> {
          String code = each.getKey();
          return code.equals(jurisdiction)
              || code.equals(part)
              || (code.length() > 3 && words.contains(" " + code + " "));
        })
        .findFirst();
  }
}
