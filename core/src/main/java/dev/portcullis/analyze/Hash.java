package dev.portcullis.analyze;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * 64-bit hashes of bytes, seeded anew in each process so that a log can't be written to collide.
 */
final class Hash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = ThreadLocalRandom.current().nextLong();
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private Hash() {}

  static long of(byte[] array, int from, int to) {
    long hash = SEED ^ (to - from) * ODD;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(array, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | (array[at] & 0xff);
    }
    return mix(mix(hash ^ rest));
  }

  private static long mix(long value) {
    long high = Math.multiplyHigh(value, ODD);
    return (value * ODD) ^ high;
  }
}
