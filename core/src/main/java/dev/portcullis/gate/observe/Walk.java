package dev.portcullis.gate.observe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where in a document the reading is, and what was found so far. A reader of any format tells it of
 * members, elements and values; it keeps nothing of the document but the way down to here.
 */
final class Walk {
  /** One object or list that is open. Kept for the next one at that depth. */
  private static final class Frame {
    private final List<PathNode> nodes = new ArrayList<>(2);
    private boolean list;
    private boolean records;
    private int index;
    private String name = "";
  }

  private final PathTree tree;
  private final List<Frame> frames = new ArrayList<>();
  private final List<PathNode> here = new ArrayList<>(2);
  private final Set<String> subjects = new LinkedHashSet<>();
  private final Set<String> dataClasses = new HashSet<>();
  private long records;
  private int depth;

  Walk(PathTree tree) {
    this.tree = tree;
  }

  /** Objects and lists that are open. */
  int depth() {
    return depth;
  }

  /** Whether a member's name makes a difference here. */
  boolean wantsNames() {
    return !frames.get(depth - 1).nodes.isEmpty();
  }

  /** The next value is that member of the open object. */
  void name(String name) {
    frames.get(depth - 1).name = name;
  }

  /** A value begins here: whether anything is looked for at this place. */
  boolean arrive() {
    here.clear();
    if (depth == 0) {
      tree.root().enter(here);
      return true;
    }
    Frame frame = frames.get(depth - 1);
    frame.index++;
    List<PathNode> nodes = frame.nodes;
    for (int i = 0; i < nodes.size(); i++) {
      if (frame.list) {
        nodes.get(i).element(frame.index, here);
      } else {
        nodes.get(i).member(frame.name, here);
      }
    }
    if (frame.records) {
      tree.record().enter(here);
    }
    return !here.isEmpty();
  }

  /** The value is an object or a list. */
  void open(boolean list) {
    present();
    openLater(list);
  }

  /** The same, for a value of which is not known yet whether it is nothing. */
  void openLater(boolean list) {
    if (depth == frames.size()) {
      frames.add(new Frame());
    }
    Frame frame = frames.get(depth++);
    frame.nodes.clear();
    frame.nodes.addAll(here);
    frame.list = list;
    frame.records = false;
    frame.index = -1;
    frame.name = "";
  }

  /** The body is a list of records, each of which may be a document of its own. */
  void openRecords() {
    arrive();
    open(true);
    frames.getFirst().records = true;
  }

  /** The object or list ends. */
  void close() {
    depth--;
  }

  /** Whether the value here, if it is a text or a number, names a subject. */
  boolean isSubject() {
    for (int i = 0; i < here.size(); i++) {
      if (here.get(i).isSubject()) {
        return true;
      }
    }
    return false;
  }

  /** There is a value here, and it is not null. */
  void present() {
    present(here);
  }

  private void present(List<PathNode> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      List<String> classes = nodes.get(i).dataClasses();
      if (!classes.isEmpty()) {
        dataClasses.addAll(classes);
      }
    }
  }

  /** The value here names that subject. */
  void subject(String text) {
    if (!text.isEmpty()) {
      subjects.add(text);
      records++;
    }
  }

  /** A text or number in a format that has nothing else; nothing if empty. */
  void text(String text) {
    if (!text.isEmpty()) {
      present();
      if (isSubject()) {
        subject(text);
      }
    }
  }

  /** The open object turned out to have a text of its own, or something else in it. */
  void openHas(String text) {
    List<PathNode> nodes = frames.get(depth - 1).nodes;
    present(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).isSubject()) {
        subject(text);
        return;
      }
    }
  }

  Set<String> subjects() {
    return subjects;
  }

  Set<String> dataClasses() {
    return dataClasses;
  }

  long records() {
    return records;
  }
}
