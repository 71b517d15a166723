package dev.portcullis.console;

import dev.portcullis.api.Api;
import dev.portcullis.api.Facades;
import dev.portcullis.config.Endpoint;
import dev.portcullis.identity.ConsoleUsers;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server of pages and API: HTTPS only, on its own threads, apart from the data plane. */
public final class Console implements AutoCloseable {
  /** Threads for what blocks: pages, API calls. */
  static final int WORKERS = 8;

  /** A console that neither starts nor stops within this is broken. */
  private static final long START_SECONDS = 60;

  private final Vertx vertx;
  private final HttpServer server;
  private final LivePages live;

  /**
   * Starts it.
   *
   * @param certificate PEM
   * @param key PEM
   * @param users who may come in
   * @param token that the command line sends
   */
  public Console(
      Facades facades,
      Api api,
      Endpoint address,
      Path certificate,
      Path key,
      ConsoleUsers users,
      String token) {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(2));
    var pages =
        new Pages(
            TemplateEngine.createPrecompiled(
                null, ContentType.Html, null, "dev.portcullis.console.pages"));
    var views = new Views(facades);
    live = new LivePages(vertx, pages, views);
    var router =
        new Routes(vertx, pages, views, live, facades, api, users, new ApiGate(api, token))
            .router();
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(certificate.toString())
                            .setKeyPath(key.toString()))
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                    // a restore asked for by the command line is answered when it is done
                    .setIdleTimeout(3_700)
                    .setMaxHeaderSize(16 << 10))
            .requestHandler(router);
    try {
      await(server.listen(address.port(), address.host()));
    } catch (IllegalStateException e) {
      vertx.close();
      throw new IllegalStateException(
          "The console cannot listen on "
              + address
              + ": "
              + e.getMessage()
              + ". Choose another console.address",
          e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    live.close();
    await(vertx.close());
  }

  private static <T> void await(io.vertx.core.Future<T> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new IllegalStateException("it takes longer than " + START_SECONDS + " s", e);
    }
  }
}
