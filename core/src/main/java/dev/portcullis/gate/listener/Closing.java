package dev.portcullis.gate.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;

/** The two ways a client's connection ends: so that the answer arrives, or so that it does not. */
final class Closing {
  private Closing() {}

  /**
   * Ends what we send once all of it is out. Closing with unread data would reset the connection,
   * and the client might never see the answer (RFC 9112 §9.6): whoever calls reads on for a while.
   *
   * @param moreMayCome whether the client may still be sending
   * @param out runs when all is out
   */
  static void gently(ChannelHandlerContext context, boolean moreMayCome, Runnable out) {
    var _ =
        context
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(_ -> {
              out.run();
              end(context, moreMayCome);
            });
  }

  private static void end(ChannelHandlerContext context, boolean moreMayCome) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (tls != null && moreMayCome) {
      var _ = tls.closeOutbound();
    } else if (tls != null) {
      var _ = context.close();
    } else if (context.channel() instanceof SocketChannel socket) {
      var _ = socket.shutdownOutput();
    }
  }

  /** Resets the connection, past the TLS handler: its close_notify would say that all is well. */
  static void abruptly(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first != null) {
      var _ = first.close();
    }
  }
}
