package dev.portcullis.detect;

import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * States by key, least recently used forgotten first, bounded in keys and in what they weigh
 * together.
 *
 * @param <S> a state
 */
final class BoundedStates<S> {
  private final LinkedHashMap<String, Weighed<S>> states = new LinkedHashMap<>(16, 0.75f, true);
  private final int maxKeys;
  private final long maxWeight;
  private long weight;

  BoundedStates(int maxKeys, long maxWeight) {
    this.maxKeys = maxKeys;
    this.maxWeight = maxWeight;
  }

  Optional<S> get(String key) {
    return Optional.ofNullable(states.get(key)).map(Weighed::state);
  }

  void put(String key, S state, int itsWeight) {
    Weighed<S> before = states.put(key, new Weighed<>(state, itsWeight));
    weight += itsWeight - (before == null ? 0 : before.weight());
    // The newest stays even if it alone weighs too much: its own bounds hold.
    while (states.size() > 1 && (states.size() > maxKeys || weight > maxWeight)) {
      weight -= states.pollFirstEntry().getValue().weight();
    }
  }

  int size() {
    return states.size();
  }

  private record Weighed<S>(S state, int weight) {}
}
