package dev.portcullis.gate.observe;

import dev.portcullis.config.BodyData;
import dev.portcullis.config.JsonPath;
import dev.portcullis.config.JsonPath.Selector;

/**
 * The paths of one kind of body. Thread-safe once made.
 *
 * @param root where a document begins
 * @param record where a record begins in a body of many (lines, rows, events): such a body is a
 *     list of its records, and paths that begin with a name apply to each record
 * @param isEmpty whether there is nothing to look for
 */
record PathTree(PathNode root, PathNode record, boolean isEmpty) {
  /**
   * Of these paths.
   *
   * @throws IllegalArgumentException for a path that can't be read
   */
  static PathTree of(BodyData data) {
    var tree = new PathTree(new PathNode(), new PathNode(), data.isEmpty());
    data.subjectPaths()
        .forEach(text -> {
          JsonPath path = JsonPath.parse(text);
          tree.root.addSubject(path);
          if (beginsInRecord(path)) {
            tree.record.addSubject(path);
          }
        });
    data.classes()
        .forEach((dataClass, paths) ->
            paths.forEach(text -> {
              JsonPath path = JsonPath.parse(text);
              tree.root.addClass(path, dataClass);
              if (beginsInRecord(path)) {
                tree.record.addClass(path, dataClass);
              }
            }));
    return tree;
  }

  // A path that begins with .. finds the records from the list already.
  private static boolean beginsInRecord(JsonPath path) {
    return path.segments().isEmpty()
        || (!path.segments().getFirst().descendant()
            && path.segments().getFirst().selectors().stream()
                .allMatch(Selector.Name.class::isInstance));
  }
}
