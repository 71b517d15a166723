package dev.portcullis.gate.observe;

import dev.portcullis.journal.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.brotli.dec.BrotliInputStream;

/**
 * {@code br} (RFC 7932). Its decoder asks for bytes and can't be told that more will come, so the
 * encoded body is gathered, at most as many bytes of it as are read of any body, and decoded in the
 * end on a thread of its own: the event loop does not wait.
 */
final class BrotliObserver implements BodyObserver {
  private static final int PIECE = 8 << 10;

  private final StreamingObserver plain;
  private final int limit;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(PIECE);
  private long received;
  private boolean beyond;

  /**
   * @param plain reads what comes out
   * @param limit encoded bytes that are gathered
   */
  BrotliObserver(StreamingObserver plain, int limit) {
    this.plain = plain;
    this.limit = limit;
  }

  @Override
  public void bytes(ByteBuffer part) {
    received += part.remaining();
    int most = Math.min(part.remaining(), limit - gathered.size());
    beyond |= most < part.remaining();
    for (int i = 0; i < most; i++) {
      gathered.write(part.get(part.position() + i));
    }
  }

  @Override
  public Findings end(boolean whole) {
    if (received == 0) {
      return plain.end(whole);
    }
    return new LateFindings(
        CompletableFuture.supplyAsync(
                () -> decoded(whole), work -> Thread.ofVirtual().name("brotli").start(work))
            // Whatever goes wrong, the exchange is recorded: the client waits for that.
            .exceptionally(
                broken -> new Observed(Set.of(), Set.of(), Observation.UNREADABLE, 0, received)));
  }

  private Observed decoded(boolean whole) {
    boolean ended = !beyond;
    boolean something = false;
    try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(gathered.toByteArray()))) {
      byte[] piece = new byte[PIECE];
      int length;
      while ((length = in.read(piece)) >= 0 && !plain.isPartial()) {
        something = true;
        plain.bytes(ByteBuffer.wrap(piece, 0, length));
      }
    } catch (IOException | RuntimeException notBrotli) {
      ended = false;
    }
    Observed observed = plain.end(whole && ended);
    boolean complete = observed.observation() == Observation.COMPLETE;
    // Which of the encoded bytes gave what can't be told: where some were not read, all count.
    return new Observed(
        observed.subjects(),
        observed.dataClasses(),
        something || complete ? observed.observation() : Observation.UNREADABLE,
        observed.records(),
        complete ? 0 : received);
  }
}
