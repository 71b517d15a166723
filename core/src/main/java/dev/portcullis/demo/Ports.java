package dev.portcullis.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports that are free. */
final class Ports {
  private Ports() {}

  /** The one asked for; else the usual one, or, where that is taken, a free one. */
  static int choose(int asked, int usual) throws IOException {
    if (asked != 0) {
      return asked;
    }
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), usual));
      return usual;
    } catch (IOException taken) {
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        return socket.getLocalPort();
      }
    }
  }
}
