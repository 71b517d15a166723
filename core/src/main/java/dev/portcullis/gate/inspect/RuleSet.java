package dev.portcullis.gate.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The compiled rules. One pass over a value tells which literals occur; a rule's pattern is tried
 * only when one literal of each of its groups does, so that ordinary values never reach a pattern.
 */
final class RuleSet {
  /**
   * Longer values are looked at in pieces, so that a pattern sees only pieces with its literals.
   */
  static final int PIECE = 2_048;

  /** How much of a piece is seen again with the next, so that nothing hides on the seam. */
  private static final int OVERLAP = 512;

  private final List<Rule> rules;
  private final int[] places;
  private final long[][][] groups;
  private final int[][] triggered;
  private final Literals literals;

  RuleSet(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    Map<String, Integer> index = new LinkedHashMap<>();
    for (Rule rule : rules) {
      for (List<String> group : rule.needs()) {
        group.forEach(literal -> index.putIfAbsent(literal, index.size()));
      }
    }
    literals = new Literals(List.copyOf(index.keySet()));
    places = rules.stream().mapToInt(Rule::places).toArray();
    groups = new long[rules.size()][][];
    var triggers = new ArrayList<List<Integer>>();
    index.forEach((literal, bit) -> triggers.add(new ArrayList<>()));
    for (int i = 0; i < rules.size(); i++) {
      List<List<String>> needs = rules.get(i).needs();
      groups[i] = new long[needs.size()][literals.words()];
      for (int g = 0; g < needs.size(); g++) {
        for (String literal : needs.get(g)) {
          int bit = index.getOrDefault(literal, 0);
          groups[i][g][bit >>> 6] |= 1L << bit;
          if (g == 0) {
            triggers.get(bit).add(i);
          }
        }
      }
    }
    triggered =
        triggers.stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
  }

  List<Rule> rules() {
    return rules;
  }

  /**
   * Tells every rule that the value matches at that place; the same one may be told twice.
   *
   * @param name of the header, lower case; empty if it is none
   */
  void match(Place place, String name, String value, Consumer<Rule> matched) {
    if (value.length() <= PIECE) {
      candidates(place, name, value, true, rule -> tryPattern(rule, value, matched));
      return;
    }
    for (int from = 0; from < value.length(); from += PIECE - OVERLAP) {
      String piece = value.substring(from, Math.min(value.length(), from + PIECE));
      candidates(place, name, piece, false, rule -> tryPattern(rule, piece, matched));
    }
  }

  private static void tryPattern(Rule rule, String value, Consumer<Rule> matched) {
    if (rule.pattern().matcher(value).find()) {
      matched.accept(rule);
    }
  }

  /** The rules whose literals occur in the value: what is left for patterns to decide. */
  void candidates(Place place, String name, String value, boolean whole, Consumer<Rule> candidate) {
    long[] present = new long[literals.words()];
    if (!literals.scan(value, present)) {
      return;
    }
    long[] seen = new long[(rules.size() + 63) >>> 6];
    for (int word = 0; word < present.length; word++) {
      for (long rest = present[word]; rest != 0; rest &= rest - 1) {
        for (int rule : triggered[(word << 6) + Long.numberOfTrailingZeros(rest)]) {
          boolean fresh = (seen[rule >>> 6] & (1L << rule)) == 0;
          seen[rule >>> 6] |= 1L << rule;
          if (fresh
              && (places[rule] & place.bit()) != 0
              && (whole || !rules.get(rule).whole())
              && rules.get(rule).only().map(name::equals).orElse(true)
              && Arrays.stream(groups[rule]).allMatch(group -> intersects(group, present))) {
            candidate.accept(rules.get(rule));
          }
        }
      }
    }
  }

  private static boolean intersects(long[] group, long[] present) {
    for (int word = 0; word < group.length; word++) {
      if ((group[word] & present[word]) != 0) {
        return true;
      }
    }
    return false;
  }
}
