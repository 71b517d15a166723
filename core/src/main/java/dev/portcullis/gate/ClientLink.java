package dev.portcullis.gate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A client's connection as a passage sees it. Everything happens on the connection's event loop.
 */
public interface ClientLink {
  /** The event loop's own things. */
  Lane lane();

  /** The client's address, numeric. */
  String source();

  /** What else the connection tells of the client. */
  ClientTraits traits();

  /** Whether it came over TLS. */
  boolean isSecure();

  /** Where buffers come from. */
  ByteBufAllocator allocator();

  /**
   * Whether parts of the request's body may be delivered now. The first time, a client that waits
   * for {@code 100 Continue} gets it.
   */
  void want(boolean body);

  /** Writes a part of the response; takes it over. */
  void write(ByteBuf part);

  /** Pushes out what was written. */
  void flush();

  /** Whether the client keeps up with what is written. */
  boolean isWritable();

  /** Whether the connection can serve another request after this response. */
  boolean isReusable();

  /** The response is written whole; the connection goes on to the next request or is closed. */
  void complete(boolean keepAlive);

  /** Breaks the connection off so that the client can tell that the response is not whole. */
  void abort();
}
