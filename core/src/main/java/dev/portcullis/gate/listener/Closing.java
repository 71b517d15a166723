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
   */
  static void gently(ChannelHandlerContext context, boolean moreMayCome) {
    Channel channel = context.channel();
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null && moreMayCome) {
      var unused = tls.closeOutbound();
    } else if (tls != null) {
      context.close();
    } else {
      context
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(written -> {
            if (channel instanceof SocketChannel socket) {
              socket.shutdownOutput();
            }
          });
    }
  }

  /** Resets the connection, past the TLS handler: its close_notify would say that all is well. */
  static void abruptly(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first != null) {
      first.close();
    }
  }
}
