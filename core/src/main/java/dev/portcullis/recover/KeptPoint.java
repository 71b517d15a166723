package dev.portcullis.recover;

import java.time.Instant;

/**
 * A recovery point in a repository of the engine's.
 *
 * @param at the state it holds is not older than this
 * @param complete the state it holds is not younger than this
 * @param bytes of what was kept
 * @param content digest of what was kept, hexadecimal
 * @param data id of the snapshot
 * @param seal id of the snapshot that says the first one is complete
 */
record KeptPoint(
    String asset,
    Instant at,
    Instant complete,
    long bytes,
    String content,
    String data,
    String seal) {
  String id() {
    return asset + "/" + Manifest.stamp(at);
  }
}
