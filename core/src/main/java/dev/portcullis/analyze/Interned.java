package dev.portcullis.analyze;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What belongs to a text, found by the text's bytes without making a string of them. Bounded: when
 * full, the half that was asked for less often is forgotten. Not thread-safe.
 *
 * @param <V> what belongs to it
 */
final class Interned<V> {
  private final int capacity;
  private Entry<V>[] table = table(1_024);
  private int size;
  private long forgotten;

  /** Made for a text that is new. */
  interface Maker<V> {
    V make(byte[] array, int from, int to);
  }

  private static final class Entry<V> {
    private final long hash;
    private final byte[] key;
    private final V value;
    private long asked;

    Entry(long hash, byte[] key, V value) {
      this.hash = hash;
      this.key = key;
      this.value = value;
    }
  }

  Interned(int capacity) {
    this.capacity = capacity;
  }

  @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
  private static <V> Entry<V>[] table(int length) {
    return (Entry<V>[]) new Entry<?>[length];
  }

  V of(byte[] array, int from, int to, Maker<V> maker) {
    long hash = Hash.of(array, from, to);
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (true) {
      Entry<V> entry = table[at];
      if (entry == null) {
        break;
      }
      if (entry.hash == hash && Arrays.equals(entry.key, 0, entry.key.length, array, from, to)) {
        entry.asked++;
        return entry.value;
      }
      at = (at + 1) & mask;
    }
    var entry = new Entry<>(hash, Arrays.copyOfRange(array, from, to), maker.make(array, from, to));
    entry.asked = 1;
    if (size >= capacity) {
      forgetHalf();
    } else if (2 * (size + 1) > table.length) {
      rebuild(values(), 2 * table.length);
    }
    put(entry);
    return entry.value;
  }

  private void put(Entry<V> entry) {
    int mask = table.length - 1;
    int at = (int) entry.hash & mask;
    while (table[at] != null) {
      at = (at + 1) & mask;
    }
    table[at] = entry;
    size++;
  }

  private List<Entry<V>> values() {
    var all = new ArrayList<Entry<V>>(size);
    for (Entry<V> entry : table) {
      if (entry != null) {
        all.add(entry);
      }
    }
    return all;
  }

  private void forgetHalf() {
    List<Entry<V>> all = values();
    all.sort(Comparator.comparingLong((Entry<V> entry) -> entry.asked).reversed());
    forgotten += all.size() - capacity / 2;
    rebuild(all.subList(0, capacity / 2), table.length);
  }

  private void rebuild(List<Entry<V>> entries, int length) {
    table = table(length);
    size = 0;
    entries.forEach(this::put);
  }

  /** All that are known now, in no order. */
  List<V> all() {
    return values().stream().map(entry -> entry.value).toList();
  }

  /** How many were forgotten. */
  long forgotten() {
    return forgotten;
  }
}
