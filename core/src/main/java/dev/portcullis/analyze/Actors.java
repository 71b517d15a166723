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
  /** Of each kind, incidents' own not counted. */
  static final int CAPACITY = 50_000;

  /** What an actor is. */
  enum Kind {
    SOURCE,
    CREDENTIAL,
    ROUTE
  }

  /** Who: a kind and a name. */
  record Who(Kind kind, String name) {}

  private final Known sources = new Known();
  private final Known credentials = new Known();
  private final Known routes = new Known();

  void saw(long sequence, Event event) {
    Exchange exchange = event.exchange();
    sources.of(exchange.source()).saw(sequence, event);
    if (exchange.credential().isPresent()) {
      credentials.of(exchange.credential().get()).saw(sequence, event);
    } else if (event.objects().length > 0) {
      routes.of(exchange.route().orElse("")).saw(sequence, event);
    }
  }

  /** That one, from now on never forgotten. */
  Actor pinned(Who who) {
    return switch (who.kind()) {
      case SOURCE -> sources.pinned(who.name());
      case CREDENTIAL -> credentials.pinned(who.name());
      case ROUTE -> routes.pinned(who.name());
    };
  }

  private static final class Known {
    private final LinkedHashMap<String, Actor> recent = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Actor> pinned = new HashMap<>();

    Actor of(String name) {
      Actor actor = recent.get(name);
      if (actor != null) {
        return actor;
      }
      actor = pinned.isEmpty() ? null : pinned.get(name);
      if (actor != null) {
        return actor;
      }
      actor = new Actor();
      recent.put(name, actor);
      if (recent.size() > CAPACITY) {
        recent.pollFirstEntry();
      }
      return actor;
    }

    Actor pinned(String name) {
      Actor actor = of(name);
      pinned.put(name, actor);
      recent.remove(name);
      return actor;
    }
  }
}
