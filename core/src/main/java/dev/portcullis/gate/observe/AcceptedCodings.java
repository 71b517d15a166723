package dev.portcullis.gate.observe;

import java.util.StringJoiner;

/**
 * What is asked of an upstream whose responses are read: those of the client's codings that can be
 * taken off, and no others.
 */
public final class AcceptedCodings {
  private AcceptedCodings() {}

  /**
   * The Accept-Encoding that may go on.
   *
   * @param asked the client's, all lines joined by commas; empty if it sent none
   */
  public static String readable(String asked) {
    var kept = new StringJoiner(", ");
    kept.setEmptyValue("identity");
    for (String each : asked.split(",", -1)) {
      int weight = each.indexOf(';');
      String name = weight < 0 ? each : each.substring(0, weight);
      if (!name.isBlank() && ContentCoding.named(name).isPresent()) {
        kept.add(each.strip());
      }
    }
    return kept.toString();
  }
}
