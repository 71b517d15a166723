package dev.portcullis.gate;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way from the client to whoever takes it. Holds parts only while the
 * inspection gathers the first bytes, and never more than its limit and one read.
 */
final class RequestBody {
  /** Who takes the body. */
  interface Taker {
    void bodyPart(ByteBuf part);

    void bodyEnd();
  }

  private final ClientLink client;
  private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(0);
  private int heldBytes;
  private int gatherBytes;
  private @Nullable Runnable gathered;
  private @Nullable Taker taker;
  private boolean ended;
  private boolean discarding;
  private long received;

  /**
   * @param present whether there is a body at all
   */
  RequestBody(ClientLink client, boolean present) {
    this.client = client;
    this.ended = !present;
  }

  void part(ByteBuf part) {
    received += part.readableBytes();
    if (discarding) {
      part.release();
    } else if (taker != null) {
      taker.bodyPart(part);
    } else {
      held.add(part);
      heldBytes += part.readableBytes();
      if (heldBytes >= gatherBytes) {
        client.want(false);
        gatheringEnds();
      }
    }
  }

  void end() {
    ended = true;
    if (discarding) {
      return;
    }
    if (taker != null) {
      taker.bodyEnd();
    } else {
      gatheringEnds();
    }
  }

  private void gatheringEnds() {
    Runnable then = gathered;
    gathered = null;
    if (then != null) {
      then.run();
    }
  }

  /** Gathers that many bytes, or all if there are less, then runs. */
  void gather(int bytes, Runnable then) {
    if (ended || discarding) {
      then.run();
      return;
    }
    gatherBytes = bytes;
    gathered = then;
    client.want(true);
  }

  /** What was gathered, copied; at most that many bytes. */
  byte[] gathered(int most) {
    var bytes = new byte[Math.min(most, heldBytes)];
    int at = 0;
    for (ByteBuf part : held) {
      int length = Math.min(part.readableBytes(), bytes.length - at);
      part.getBytes(part.readerIndex(), bytes, at, length);
      at += length;
    }
    return bytes;
  }

  /** Gives everything to the taker from now on. */
  void pour(Taker to) {
    taker = to;
    ByteBuf part;
    while ((part = held.poll()) != null) {
      to.bodyPart(part);
    }
    if (ended) {
      to.bodyEnd();
    } else if (!discarding) {
      client.want(true);
    }
  }

  /** Whatever still comes is thrown away. */
  void discard() {
    discarding = true;
    gathered = null;
    held.forEach(ByteBuf::release);
    held.clear();
  }

  boolean isEnded() {
    return ended;
  }

  /** Bytes of the body so far. */
  long received() {
    return received;
  }
}
