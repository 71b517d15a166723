package dev.portcullis.recover.engine;

import java.util.List;
import java.util.Optional;

/**
 * One state that the engine keeps. All of it is encrypted and authenticated with the repository's
 * key.
 *
 * @param id 64 hexadecimal digits
 * @param tree what it holds: equal trees are equal in every name, attribute and byte
 * @param tags {@code name:value}
 */
public record Snapshot(String id, String tree, List<String> tags) {
  public Snapshot {
    tags = List.copyOf(tags);
  }

  /** The value of the tag {@code name:value}. */
  public Optional<String> tag(String name) {
    return tags.stream()
        .filter(tag -> tag.startsWith(name + ":"))
        .map(tag -> tag.substring(name.length() + 1))
        .findFirst();
  }
}
