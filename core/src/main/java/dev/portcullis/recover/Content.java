package dev.portcullis.recover;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an asset holds, told apart from everything else by a digest; equal contents are equal
 * whatever file holds them.
 *
 * @param digest SHA-256, hexadecimal
 * @param rows of each table
 */
record Content(String digest, Map<String, Long> rows) {
  /** How many tables a message names. */
  private static final int NAMED_TABLES = 12;

  Content {
    rows = Map.copyOf(rows);
  }

  /** For people: the digest's beginning and the rows of each table. */
  String describe() {
    String tables =
        new TreeMap<>(rows)
            .entrySet().stream()
                .limit(NAMED_TABLES)
                .map(table -> table.getKey() + " " + table.getValue())
                .collect(Collectors.joining(", "));
    String more = rows.size() > NAMED_TABLES ? ", ..." : "";
    return "SHA-256 "
        + digest.substring(0, 16)
        + "..., rows: "
        + (tables.isEmpty() ? "none" : tables + more);
  }
}
