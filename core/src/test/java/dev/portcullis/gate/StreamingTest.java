package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.InspectionMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Bodies flow no faster than the slower side takes them. Counted, not timed: while the receiver
 * does not read, the sender must get stuck, after what fits into the sockets and the gate's bounded
 * buffers, a small part of the whole.
 */
class StreamingTest {
  private static final long WHOLE = 200L << 20;

  /** Socket buffers of four ends, at the kernel's most, and what the gate may hold. */
  private static final long STUCK_BELOW = 50L << 20;

  @Test
  void aLongResponseWaitsForItsReader() throws Exception {
    var written = new AtomicLong();
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + WHOLE + "\r\n\r\n");
        pump(out, written);
        return true;
      });
      client.send("GET /x HTTP/1.1\r\nHost: api\r\n\r\n");
      untilStuck(written);
      assertThat(written.get()).isLessThan(STUCK_BELOW);
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(drain(client.in(), WHOLE)).isEqualTo(WHOLE);
      assertThat(gate.exchange().responseBytes()).isEqualTo(WHOLE);
      assertThat(client.get("/again").status()).isEqualTo(200);
    }
  }

  @Test
  void aLongRequestWaitsForItsReader() throws Exception {
    var written = new AtomicLong();
    var read = new CountDownLatch(1);
    try (TestGate gate =
            new TestGate.Builder()
                .routes(TestGate.with(TestGate.route("all", "/**"), InspectionMode.OBSERVE, WHOLE))
                .start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        if (request.line().startsWith("GET")) {
          return TestUpstream.json(out, "{}");
        }
        read.await();
        return TestUpstream.json(out, Long.toString(drain(in, WHOLE)));
      });
      client.send("POST /x HTTP/1.1\r\nHost: api\r\nContent-Length: " + WHOLE + "\r\n\r\n");
      Thread sender = Thread.ofVirtual().start(() -> pumpOrFail(client, written));
      untilStuck(written);
      assertThat(written.get()).isLessThan(STUCK_BELOW);
      read.countDown();
      assertThat(client.read().text()).isEqualTo(Long.toString(WHOLE));
      sender.join();
      assertThat(gate.exchange().requestBytes()).isEqualTo(WHOLE);
      assertThat(client.get("/again").status()).isEqualTo(200);
    }
  }

  private static void pumpOrFail(RawHttp client, AtomicLong written) {
    try {
      pump(client.out(), written);
    } catch (IOException closed) {
      throw new java.io.UncheckedIOException(closed);
    }
  }

  private static void pump(OutputStream out, AtomicLong written) throws IOException {
    byte[] block = "0123456789abcdef".repeat(4 << 10).getBytes(StandardCharsets.US_ASCII);
    for (long done = 0; done < WHOLE; done += block.length) {
      out.write(block);
      written.addAndGet(block.length);
    }
    out.flush();
  }

  private static long drain(InputStream in, long length) throws IOException {
    var block = new byte[64 << 10];
    long read = 0;
    while (read < length) {
      int some = in.read(block, 0, (int) Math.min(block.length, length - read));
      if (some < 0) {
        break;
      }
      read += some;
    }
    return read;
  }

  private static void untilStuck(AtomicLong written) {
    var before = new AtomicLong(-1);
    var stable = new AtomicLong();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          long now = written.get();
          boolean same = now > 0 && now == before.getAndSet(now);
          return (same ? stable.incrementAndGet() : resetTo(stable)) >= 20;
        });
  }

  private static long resetTo(AtomicLong stable) {
    stable.set(0);
    return 0;
  }
}
