package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import java.util.LinkedHashMap;

/** A credential's walks: one from each of the sources that use it, and all of them together. */
final class Walker {
  /** Sources of one credential that are told apart; the least recently used is forgotten. */
  static final int SOURCES = 16;

  private final LinkedHashMap<String, Walk> bySource = new LinkedHashMap<>(4, 0.75f, true);
  private final LinkedHashMap<String, Walk> changes = new LinkedHashMap<>(2, 0.75f, true);
  private final DetectorSettings.ObjectEnumeration settings;
  final Walk together;
  private long last = Long.MIN_VALUE;

  Walker(DetectorSettings.ObjectEnumeration settings) {
    this.settings = settings;
    together = new Walk(settings);
  }

  /** Time only goes on: exchanges are journaled as they end, not as they began. */
  long advance(long at) {
    last = Math.max(last, at);
    return last;
  }

  Walk from(String source) {
    return from(bySource, source);
  }

  /** Changing what belongs to others is counted apart from reading it. */
  Walk changesFrom(String source) {
    return from(changes, source);
  }

  private Walk from(LinkedHashMap<String, Walk> walks, String source) {
    Walk walk = walks.computeIfAbsent(source, unseen -> new Walk(settings));
    if (walks.size() > SOURCES) {
      walks.pollFirstEntry();
    }
    return walk;
  }

  int sources() {
    return bySource.size();
  }

  int weight() {
    return together.weight() + weight(bySource) + weight(changes);
  }

  private static int weight(LinkedHashMap<String, Walk> walks) {
    return walks.values().stream().mapToInt(Walk::weight).sum();
  }
}
