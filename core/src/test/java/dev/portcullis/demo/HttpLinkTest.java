package dev.portcullis.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpLinkTest {
  private static HttpAnswer read(String response) throws IOException {
    return new HttpReader(new ByteArrayInputStream(response.getBytes(ISO_8859_1))).read();
  }

  @Test
  void theThreeWaysToEndABodyAreUnderstood() throws Exception {
    assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhixx").text()).isEqualTo("hi");
    assertThat(
            read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\n\r\n")
                .text())
        .isEqualTo("hi");
    assertThat(read("HTTP/1.0 200 OK\r\n\r\nhi").text()).isEqualTo("hi");
    assertThat(read("HTTP/1.1 204 No Content\r\n\r\nhi").body()).isEmpty();
    assertThat(
            read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 \r\nContent-Length: 0\r\n\r\n")
                .status())
        .isEqualTo(403);
  }

  @Test
  void whatIsNoResponseIsAnError() {
    for (String wrong :
        new String[] {
          "",
          "SSH-2.0-OpenSSH\r\n\r\n",
          "HTTP/1.1 99 x\r\n\r\n",
          "HTTP/1.1 101 Switching\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n",
          "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
          "HTTP/1.1 200 OK\r\nA: " + "x".repeat(20_000) + "\r\n\r\n",
          "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(300) + "\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhixx",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        }) {
      assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(IOException.class);
    }
  }

  @Test
  void chunksAreJoinedHoweverTheBytesArrive() {
    qt().withExamples(200)
        .forAll(
            lists().of(integers().between(1, 300)).ofSizeBetween(0, 8), integers().between(1, 9))
        .checkAssert((sizes, pieces) -> {
          var random = new Random(pieces);
          var body = new ByteArrayOutputStream();
          var wire = new ByteArrayOutputStream();
          wire.writeBytes(
              "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n".getBytes(ISO_8859_1));
          for (int size : sizes) {
            byte[] chunk = new byte[size];
            random.nextBytes(chunk);
            body.writeBytes(chunk);
            wire.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(ISO_8859_1));
            wire.writeBytes(chunk);
            wire.writeBytes("\r\n".getBytes(ISO_8859_1));
          }
          wire.writeBytes("0\r\nTrailer: x\r\n\r\n".getBytes(ISO_8859_1));
          var trickle =
              new FilterInputStream(new ByteArrayInputStream(wire.toByteArray())) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                  return super.read(target, offset, Math.min(length, pieces));
                }
              };
          try {
            assertThat(new HttpReader(trickle).read().body()).isEqualTo(body.toByteArray());
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void aConnectionClosedWhileIdleIsReplaced() throws Exception {
    var connections = new AtomicInteger();
    try (var server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(() -> {
            while (!server.isClosed()) {
              try (var socket = server.accept()) {
                connections.incrementAndGet();
                var in = new HttpReaderOfRequests(socket.getInputStream());
                in.readHead();
                socket
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes(ISO_8859_1));
              } catch (IOException e) {
                return;
              }
            }
          });
      try (var link =
          new HttpLink(
              GateAddress.http("127.0.0.1", server.getLocalPort()),
              InetAddress.getByName("127.0.0.21"))) {
        for (int i = 0; i < 3; i++) {
          assertThat(link.send("GET", "/", Map.of("A", "b"), new byte[0]).text()).isEqualTo("hi");
        }
      }
    }
    assertThat(connections).hasValue(3);
  }

  /** Reads up to the empty line. */
  private record HttpReaderOfRequests(java.io.InputStream in) {
    void readHead() throws IOException {
      int last = 0;
      while (last != 0x0d0a0d0a) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        last = last << 8 | next;
      }
    }
  }
}
