package dev.portcullis.gate.propose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** What opens doors. */
final class Secrets {
  /** Bits a character of random base64 or hexadecimal text has more than words do. */
  private static final double RANDOM_BITS = 3.3;

  private static final int SHORTEST_RANDOM = 20;

  private static final Pattern KEY =
      Pattern.compile(
          "(?:AKIA|ASIA)[0-9A-Z]{16}"
              + "|gh[pousr]_[A-Za-z0-9]{36,}"
              + "|github_pat_[A-Za-z0-9_]{22,}"
              + "|glpat-[A-Za-z0-9_-]{20,}"
              + "|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}"
              + "|xox[abprs]-[A-Za-z0-9-]{10,}"
              + "|AIza[A-Za-z0-9_-]{35}"
              + "|npm_[A-Za-z0-9]{36}"
              + "|SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}");
  private static final Pattern PEM = Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----");
  private static final Pattern COMPACT =
      Pattern.compile("(eyJ[A-Za-z0-9_-]{8,})\\.[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*");
  private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z0-9+/_.=~-]+");

  private Secrets() {}

  static boolean isKey(String value) {
    return KEY.matcher(value).matches() || PEM.matcher(value).lookingAt();
  }

  /** Three parts in base64url, the first of which is a JSON object with an algorithm. */
  static boolean isJwt(String value) {
    var parts = COMPACT.matcher(value);
    if (!parts.matches()) {
      return false;
    }
    try {
      byte[] header = Base64.getUrlDecoder().decode(parts.group(1));
      return new String(header, StandardCharsets.UTF_8).contains("\"alg\"");
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** One long word whose characters are spread as chance spreads them (Shannon's entropy). */
  static boolean isRandom(String value) {
    return value.length() >= SHORTEST_RANDOM
        && ONE_WORD.matcher(value).matches()
        && entropy(value) >= RANDOM_BITS;
  }

  private static double entropy(String value) {
    int[] counts = new int[128];
    value.chars().forEach(c -> counts[c & 127]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
