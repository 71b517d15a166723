package dev.portcullis.gate.propose;

import dev.portcullis.gate.observe.BodyObserver;
import dev.portcullis.gate.observe.Observed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Keeps a copy of a body's beginning until it has ended, and hands it on. */
final class SampleObserver implements BodyObserver {
  /** Bytes of one response that are looked at, as transferred and as decoded. */
  static final int MOST = 64 << 10;

  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(1_024);
  private final Consumer<byte[]> then;

  SampleObserver(Consumer<byte[]> then) {
    this.then = then;
  }

  @Override
  public void bytes(ByteBuffer part) {
    int most = Math.min(part.remaining(), MOST - gathered.size());
    if (most > 0) {
      byte[] bytes = new byte[most];
      part.get(part.position(), bytes);
      gathered.write(bytes, 0, most);
    }
  }

  @Override
  public Observed end(boolean whole) {
    if (gathered.size() > 0) {
      then.accept(gathered.toByteArray());
    }
    return Observed.NOTHING;
  }
}
