package dev.portcullis.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Where a body carries personal data.
 *
 * @param subjectPaths JSON paths to data subjects
 * @param classes data class to the JSON paths that carry it; a class counts when a path has a
 *     non-null value
 */
public record BodyData(List<String> subjectPaths, Map<String, List<String>> classes) {
  /** Nothing personal is expected. */
  public static final BodyData NONE = new BodyData(List.of(), Map.of());

  /** Whether the body need not be read. */
  public boolean isEmpty() {
    return subjectPaths.isEmpty() && classes.isEmpty();
  }

  /** What this or the other names. */
  public BodyData and(BodyData other) {
    if (other.isEmpty()) {
      return this;
    }
    var subjects = new LinkedHashSet<>(subjectPaths);
    subjects.addAll(other.subjectPaths);
    var all = new LinkedHashMap<String, List<String>>(classes);
    other.classes.forEach((name, paths) ->
        all.merge(
            name,
            paths,
            (mine, more) -> {
              var both = new LinkedHashSet<>(mine);
              both.addAll(more);
              return List.copyOf(both);
            }));
    return new BodyData(new ArrayList<>(subjects), Collections.unmodifiableMap(all));
  }
}
