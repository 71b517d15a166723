package dev.portcullis.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known word that is the fewest slips of the finger away. */
public final class Nearest {
  private static final int MOST_SLIPS = 3;

  private Nearest() {}

  /** The nearest of the known words, if one is near enough to be meant. */
  public static Optional<String> to(String word, Collection<String> known) {
    String given = plain(word);
    int allowed = Math.max(1, Math.min(MOST_SLIPS, given.length() / 3));
    String best = "";
    int fewest = allowed + 1;
    for (String candidate : known) {
      String plain = plain(candidate);
      if (Math.abs(plain.length() - given.length()) < fewest) {
        int slips = slips(given, plain);
        if (slips < fewest) {
          fewest = slips;
          best = candidate;
        }
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** {@code ; did you mean "x"?} or nothing. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  /** camelCase, snake_case and kebab-case are the same word. */
  private static String plain(String word) {
    return word.replaceAll("(?<=[a-z])(?=[A-Z])", "-").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
  private static int slips(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
