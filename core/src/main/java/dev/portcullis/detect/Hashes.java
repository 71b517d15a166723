package dev.portcullis.detect;

/**
 * 64-bit fingerprints of keys and pseudonyms (FNV-1a with a final mix): eight bytes instead of a
 * string for each of many. Two of a million distinct ones collide with a probability of one in 37
 * million, and a collision costs one uncounted subject.
 */
final class Hashes {
  private Hashes() {}

  static long of(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
    return hash ^ hash >>> 31;
  }
}
