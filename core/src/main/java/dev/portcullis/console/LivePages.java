package dev.portcullis.console;

import dev.portcullis.console.Views.Topic;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: every second, each topic that somebody looks at is rendered once and sent
 * where it changed.
 */
final class LivePages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivePages.class);

  /** Viewers at once; more are asked to come back. */
  static final int MAX_VIEWERS = 64;

  private static final long PERIOD_MILLIS = 1_000;

  private final Vertx vertx;
  private final Pages pages;
  private final Views views;
  private final List<Viewer> viewers = new ArrayList<>();
  private final AtomicBoolean rendering = new AtomicBoolean();
  private final long timer;

  private static final class Viewer {
    final HttpServerResponse response;
    final Topic topic;
    final Map<String, String> sent = new HashMap<>();

    Viewer(HttpServerResponse response, Topic topic) {
      this.response = response;
      this.topic = topic;
    }
  }

  LivePages(Vertx vertx, Pages pages, Views views) {
    this.vertx = vertx;
    this.pages = pages;
    this.views = views;
    this.timer = vertx.setPeriodic(PERIOD_MILLIS, id -> tick());
  }

  /** Takes a viewer, until it goes. */
  void open(RoutingContext context, Topic topic) {
    var response = context.response();
    var viewer = new Viewer(response, topic);
    synchronized (viewers) {
      if (viewers.size() >= MAX_VIEWERS) {
        response.setStatusCode(503).putHeader("Retry-After", "30").end();
        return;
      }
      viewers.add(viewer);
    }
    response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
    response.closeHandler(closed -> remove(viewer));
    response.exceptionHandler(broken -> remove(viewer));
    response.write(": welcome\n\n");
  }

  private void remove(Viewer viewer) {
    synchronized (viewers) {
      viewers.remove(viewer);
    }
  }

  private List<Viewer> present() {
    synchronized (viewers) {
      return List.copyOf(viewers);
    }
  }

  private void tick() {
    var present = present();
    // the next rendering waits for the last, instead of queueing behind it
    if (!present.isEmpty() && rendering.compareAndSet(false, true)) {
      vertx
          .executeBlocking(() -> {
            send(present);
            return present.size();
          })
          .onComplete(done -> rendering.set(false));
    }
  }

  private void send(List<Viewer> present) {
    var rendered = new HashMap<Topic, Map<String, String>>();
    for (Viewer viewer : present) {
      try {
        rendered
            .computeIfAbsent(viewer.topic, topic -> views.events(topic, pages))
            .forEach((event, text) -> send(viewer, event, text));
      } catch (RuntimeException e) {
        LOG.warn("The live page {} can't be rendered", viewer.topic, e);
      }
    }
  }

  private static void send(Viewer viewer, String event, String text) {
    if (viewer.response.closed() || viewer.response.writeQueueFull()) {
      return;
    }
    if (!text.equals(viewer.sent.put(event, text))) {
      viewer.response.write(
          "event: " + event + "\ndata: " + text.strip().replace("\n", "\ndata: ") + "\n\n");
    }
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    present().forEach(viewer -> viewer.response.reset());
  }
}
