package dev.portcullis.analyze.format;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * ArcSight's Common Event Format, as web application firewalls write it: seven fields between bars,
 * then {@code key=value}. A status has no key of its own: it is looked for where a {@code cn1Label}
 * speaks of one, then in {@code outcome}, then taken from {@code act}.
 */
final class CefFormat implements LogFormat {
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("MMM dd yyyy HH:mm:ss[.SSS]", Locale.ROOT);

  @Override
  public String name() {
    return "cef";
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    into.clear();
    int start = Bytes.indexOf(text, "CEF:", from, to);
    if (start < 0) {
      return false;
    }
    int at = start;
    for (int bars = 0; bars < 7 && at < to; at++) {
      if (text[at] == '\\') {
        at++;
      } else if (text[at] == '|') {
        bars++;
      }
    }
    if (at >= to) {
      return false;
    }
    Map<String, String> pairs =
        pairs(new String(text, at, to - at, StandardCharsets.UTF_8).strip());
    into.at = time(first(pairs, "rt", "start", "end"));
    fill(into.source, into, first(pairs, "src", "sourceAddress", "c6a2"));
    fill(into.user, into, first(pairs, "suser", "sourceUserName"));
    fill(into.method, into, first(pairs, "requestMethod"));
    fill(into.target, into, first(pairs, "request"));
    fill(into.userAgent, into, first(pairs, "requestClientApplication"));
    fill(into.referer, into, first(pairs, "requestContext"));
    into.requestBytes = number(first(pairs, "in"));
    into.responseBytes = number(first(pairs, "out"));
    into.status = status(pairs);
    if (!into.isWhole() || into.target.isEmpty() || into.source.isEmpty()) {
      return false;
    }
    each.run();
    return true;
  }

  private static Map<String, String> pairs(String extension) {
    var pairs = new HashMap<String, String>();
    String key = "";
    int valueFrom = 0;
    int wordFrom = 0;
    for (int i = 0; i <= extension.length(); i++) {
      char next = i < extension.length() ? extension.charAt(i) : ' ';
      if (next == '\\') {
        i++;
      } else if (next == ' ') {
        wordFrom = i + 1;
      } else if (next == '=' && isKey(extension, wordFrom, i)) {
        put(pairs, key, extension, valueFrom, wordFrom - 1);
        key = extension.substring(wordFrom, i);
        valueFrom = i + 1;
      }
    }
    put(pairs, key, extension, valueFrom, extension.length());
    return pairs;
  }

  private static boolean isKey(String text, int from, int to) {
    return to > from && text.substring(from, to).chars().allMatch(Character::isLetterOrDigit);
  }

  private static void put(Map<String, String> pairs, String key, String text, int from, int to) {
    if (!key.isEmpty() && to >= from) {
      pairs.putIfAbsent(
          key, text.substring(from, to).strip().replace("\\=", "=").replace("\\\\", "\\"));
    }
  }

  private static String first(Map<String, String> pairs, String... keys) {
    for (String key : keys) {
      String value = pairs.getOrDefault(key, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static void fill(Slice slice, LoggedRequest into, String value) {
    into.decoded(slice, value.getBytes(StandardCharsets.UTF_8));
  }

  private static long number(String value) {
    byte[] digits = value.getBytes(StandardCharsets.UTF_8);
    return Math.max(0, Bytes.number(digits, 0, digits.length));
  }

  private static int status(Map<String, String> pairs) {
    for (int i = 1; i <= 3; i++) {
      String label = pairs.getOrDefault("cn" + i + "Label", "").toLowerCase(Locale.ROOT);
      if (label.contains("status") || label.contains("code")) {
        return (int) Math.min(999, number(pairs.getOrDefault("cn" + i, "")));
      }
    }
    long outcome = number(pairs.getOrDefault("outcome", ""));
    if (outcome >= 100 && outcome < 1_000) {
      return (int) outcome;
    }
    String act = pairs.getOrDefault("act", "").toLowerCase(Locale.ROOT);
    return act.contains("block") || act.contains("den") || act.contains("drop") ? 403 : 0;
  }

  private static long time(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    long known = Times.any(bytes, 0, bytes.length);
    if (known != Times.NONE || value.isEmpty()) {
      return known;
    }
    try {
      String local = value.replaceFirst(" [A-Z]{3,4}$", "");
      return LocalDateTime.parse(local, WORDS).toInstant(ZoneOffset.UTC).toEpochMilli() * 1_000;
    } catch (DateTimeException e) {
      return Times.NONE;
    }
  }
}
