package dev.portcullis.console;

import dev.portcullis.journal.TileSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Serves the journal's tree as tiles (C2SP tlog-tiles) under {@link #PREFIX}. Reads only. */
final class TileGate {
  static final String PREFIX = "/api/v1/journal/";

  private final TileSource tiles;

  TileGate(TileSource tiles) {
    this.tiles = tiles;
  }

  void handle(RoutingContext context) {
    var found = tiles.find(context.normalizedPath().substring(PREFIX.length()));
    if (found.isEmpty()) {
      context.response().setStatusCode(404).end();
      return;
    }
    boolean mutable = found.get().mutable();
    context
        .response()
        .putHeader(
            "Content-Type", mutable ? "text/plain; charset=utf-8" : "application/octet-stream")
        .putHeader("Cache-Control", mutable ? "no-store" : "private, max-age=31536000, immutable")
        .end(Buffer.buffer(found.get().content()));
  }
}
