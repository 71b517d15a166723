package dev.portcullis.gate.upstream;

import dev.portcullis.gate.wire.ResponseMessage;
import io.netty.buffer.ByteBuf;

/**
 * Who sends a request to an upstream and gets its response. All calls come on the event loop; after
 * {@link #failed}, {@link #end} or a cancellation there are no more.
 */
public interface UpstreamExchange {
  /** A connection stands: the request may be written to it. */
  void connected(UpstreamConnection connection);

  /** The final response's head. */
  void head(ResponseMessage head);

  /** A part of its body, never empty; it belongs to the receiver. */
  void part(ByteBuf part);

  /** All that had arrived was delivered: a good moment to flush. */
  void readComplete();

  /** The response is whole. */
  void end();

  /** The connection takes more of the request's body again. */
  void writable();

  /** There will be no response, or no more of it. */
  void failed(UpstreamFailure failure);
}
