package dev.portcullis.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of messages: somebody who put a password into the file by mistake must not find
 * it again in a log of start-up errors. Errs on the side of hiding.
 */
final class Masking {
  /** What stands for a hidden value. */
  static final String MASK = "***";

  private static final int SHOWN = 80;
  private static final Pattern SECRET_WORD =
      Pattern.compile(
          "passw(or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|^credentials?$|^pass$"
              + "|^pwd$|^pin$");
  private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]{1,64})[\"']?\\s*:(?=\\s|$)");
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");
  private static final Pattern ARMOUR = 
      Pattern.compile("-----BEGIN|PRIVATE KEY|^\\s*[A-Za-z0-9+/=_-]{48,}\\s*$");

  private Masking() {}

  /** Whether a value of this key must not be shown. */
  static boolean looksSecret(String key) {
    return SECRET_WORD.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /**
   * A scalar in quotes as it may be shown: secrets hidden, abridged, without control characters.
   *
   * @param path where it stands; its last key decides
   */
  static String value(String path, String raw) {
    String key = path.substring(path.lastIndexOf('.') + 1).replaceAll("\\[\\d+]", "");
    if (looksSecret(key) || ARMOUR.matcher(raw).find()) {
      return MASK;
    }
    return "\"" + abridged(USER_INFO.matcher(raw).replaceAll("://" + MASK + "@")) + "\"";
  }

  /** At most a line's worth, control characters replaced. */
  static String abridged(String text) {
    String cut =
        text.codePointCount(0, Math.min(text.length(), SHOWN * 2)) > SHOWN
            ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "..."
            : text;
    return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
  }

  /** Whether the line holds a secret, or belongs to a block under a key that looks secret. */
  static boolean secretLine(List<String> lines, int index) {
    return !line(lines, index).equals(userInfoMasked(lines.get(index)));
  }

  /** The line as it may be shown: whatever follows a key that looks secret is hidden. */
  static String line(List<String> lines, int index) {
    String line = userInfoMasked(lines.get(index));
    if (ARMOUR.matcher(line).find() || belongsToSecret(lines, index)) {
      return MASK;
    }
    Matcher key = KEY.matcher(line);
    while (key.find()) {
      if (looksSecret(key.group(1)) && !line.substring(key.end()).isBlank()) {
        return line.substring(0, key.end()) + " " + MASK;
      }
    }
    return line;
  }

  private static String userInfoMasked(String line) {
    return USER_INFO.matcher(line).replaceAll("://" + MASK + "@");
  }

  /** Looks up the file for the lines this one is nested in. */
  private static boolean belongsToSecret(List<String> lines, int index) {
    int indent = indent(lines.get(index));
    for (int above = index - 1; above >= 0 && indent > 0; above--) {
      String line = lines.get(above);
      if (line.isBlank() || indent(line) >= indent) {
        continue;
      }
      indent = indent(line);
      Matcher key = KEY.matcher(line);
      String last = "";
      while (key.find()) {
        last = key.group(1);
      }
      if (looksSecret(last)) {
        return true;
      }
    }
    return false;
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && " \t".indexOf(line.charAt(indent)) >= 0) {
      indent++;
    }
    return indent;
  }
}
