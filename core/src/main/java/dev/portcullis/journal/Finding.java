package dev.portcullis.journal;

/**
 * What the inspection found.
 *
 * @param rule id of the rule
 * @param category such as {@code sql-injection}, {@code path-traversal}
 * @param location such as {@code header:content-type}, {@code query:q}, {@code body}; never the
 *     value itself
 */
public record Finding(String rule, String category, String location) {}
