package dev.portcullis.analyze;

import dev.portcullis.journal.Exchange;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each source, credential and anonymously used route has done. The least recently seen are
 * forgotten, except those that an incident is about. Not thread-safe.
 */
final class Actors {
  /** Remembered, incidents' own not counted. */
  static final int CAPACITY = 50_000;

  private final LinkedHashMap<String, Actor> recent = new LinkedHashMap<>(1_024, 0.75f, true);
  private final Map<String, Actor> pinned = new HashMap<>();

  static String source(String address) {
    return "source " + address;
  }

  static String credential(String id) {
    return "credential " + id;
  }

  static String route(String name) {
    return "route " + name;
  }

  void saw(long sequence, Event event) {
    Exchange exchange = event.exchange();
    actor(source(exchange.source())).saw(sequence, event);
    if (exchange.credential().isPresent()) {
      actor(credential(exchange.credential().get())).saw(sequence, event);
    } else if (!exchange.subjects().isEmpty()) {
      actor(route(exchange.route().orElse(""))).saw(sequence, event);
    }
  }

  private Actor actor(String key) {
    Actor known = pinned.isEmpty() ? null : pinned.get(key);
    if (known != null) {
      return known;
    }
    Actor actor = recent.get(key);
    if (actor == null) {
      actor = new Actor();
      recent.put(key, actor);
      if (recent.size() > CAPACITY) {
        recent.pollFirstEntry();
      }
    }
    return actor;
  }

  /** The one of that key, from now on never forgotten. */
  Actor pinned(String key) {
    Actor actor = actor(key);
    pinned.put(key, actor);
    recent.remove(key);
    return actor;
  }
}
