package dev.portcullis.console;

import dev.portcullis.api.Api;
import dev.portcullis.api.ApiRequest;
import dev.portcullis.api.ApiResponse;
import dev.portcullis.api.Facades;
import dev.portcullis.api.Json;
import dev.portcullis.console.Views.Topic;
import dev.portcullis.identity.ConsoleUsers;
import dev.portcullis.journal.TileSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CSRFHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which page lies where, and who may see it. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final long MAX_BODY = 64 << 10;
  private static final Duration SESSION = Duration.ofHours(8);
  private static final String USER = "user";
  private static final String COOKIE = "portcullis";

  /** Sessions at once, those of strangers at the login page included. */
  private static final int MAX_SESSIONS = 10_000;

  private final Vertx vertx;
  private final Pages pages;
  private final Views views;
  private final LivePages live;
  private final Facades facades;
  private final Api api;
  private final ConsoleUsers users;
  private final ApiGate apiGate;
  private final Assets assets = new Assets();
  private final LocalSessionStore sessions;

  Routes(
      Vertx vertx,
      Pages pages,
      Views views,
      LivePages live,
      Facades facades,
      Api api,
      ConsoleUsers users,
      ApiGate apiGate) {
    this.vertx = vertx;
    this.sessions = LocalSessionStore.create(vertx);
    this.pages = pages;
    this.views = views;
    this.live = live;
    this.facades = facades;
    this.api = api;
    this.users = users;
    this.apiGate = apiGate;
  }

  Router router() {
    var router = Router.router(vertx);
    router.route().handler(Routes::securityHeaders);
    router.get("/livez").handler(context -> context.response().end("live\n"));
    router.get("/readyz").handler(this::ready);
    router.get("/assets/:name").handler(this::asset);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
    var tiles =
        new TileGate(new TileSource(facades.configuration().node().state().resolve("journal")));
    router
        .get(TileGate.PREFIX + "checkpoint")
        .handler(apiGate::require)
        .blockingHandler(tiles::handle, false);
    router
        .get(TileGate.PREFIX + "tile/*")
        .handler(apiGate::require)
        .blockingHandler(tiles::handle, false);
    router.route("/api/*").blockingHandler(apiGate::handle, false);
    router.route().handler(this::boundedSessions);
    router
        .route()
        .handler(
            SessionHandler.create(sessions)
                .setSessionTimeout(SESSION.toMillis())
                .setSessionCookieName(COOKIE)
                .setCookieHttpOnlyFlag(true)
                .setCookieSecureFlag(true)
                .setCookieSameSite(CookieSameSite.STRICT));
    router
        .route()
        .handler(
            CSRFHandler.create(vertx, UUID.randomUUID().toString())
                .setCookieSecure(true)
                .setCookieHttpOnly(true));
    router.get("/login").handler(context -> loginPage(context, "", 200));
    router.post("/login").blockingHandler(this::tryLogin, false);
    router.route().handler(this::needsUser);
    router.post("/logout").handler(this::logout);
    router.get("/").blockingHandler(this::now, false);
    router.get("/metrics").blockingHandler(this::metrics, false);
    router.get("/events").handler(this::events);
    router.get("/incidents/:id").blockingHandler(this::incident, false);
    router.get("/incidents/:id/subjects").blockingHandler(this::subjects, false);
    router.post("/incidents/:id/close").blockingHandler(this::close, false);
    router.post("/incidents/:id/evidence").blockingHandler(this::export, false);
    router.get("/evidence/:id").blockingHandler(this::download, false);
    router.post("/incidents/:id/hold").blockingHandler(this::hold, false);
    router.post("/incidents/:id/release-hold").blockingHandler(this::releaseHold, false);
    router.post("/incidents/:id/pivots/:pivot").blockingHandler(this::pivot, false);
    router.post("/orders/:id/release").blockingHandler(this::release, false);
    router.post("/notices/:id/approve").blockingHandler(this::approve, false);
    router.route().last().handler(context -> message(context, 404, "There is no such page."));
    router.route().failureHandler(this::failed);
    return router;
  }

  /** Who has a session may go on; strangers get new ones only up to the limit. */
  private void boundedSessions(RoutingContext context) {
    var cookie = context.request().getCookie(COOKIE);
    sessions
        .get(cookie == null ? "" : cookie.getValue())
        .onComplete(known -> {
          if (known.succeeded() && known.result() != null) {
            context.next();
            return;
          }
          sessions
              .size()
              .onComplete(size -> {
                if (size.succeeded() && size.result() < MAX_SESSIONS) {
                  context.next();
                } else {
                  context.response().setStatusCode(503).putHeader("Retry-After", "60").end();
                }
              });
        });
  }

  private static void securityHeaders(RoutingContext context) {
    context
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
    context.next();
  }

  private void ready(RoutingContext context) {
    var failure = facades.journal().health().failure();
    context
        .response()
        .setStatusCode(failure.isEmpty() ? 200 : 503)
        .end(failure.map(reason -> "not recording: " + reason + "\n").orElse("ready\n"));
  }

  private void asset(RoutingContext context) {
    String name = parameter(context, "name");
    assets
        .find(name)
        .ifPresentOrElse(
            bytes ->
                context
                    .response()
                    .putHeader("Content-Type", Assets.contentType(name))
                    .putHeader("Cache-Control", "max-age=3600")
                    .end(io.vertx.core.buffer.Buffer.buffer(bytes)),
            () -> context.response().setStatusCode(404).end());
  }

  private void loginPage(RoutingContext context, String problem, int status) {
    page(context, status, "login", Map.of("problem", problem, "csrf", csrf(context)));
  }

  private void tryLogin(RoutingContext context) {
    String name = Optional.ofNullable(context.request().getFormAttribute("name")).orElse("");
    String password =
        Optional.ofNullable(context.request().getFormAttribute("password")).orElse("");
    String source = context.request().remoteAddress().hostAddress();
    switch (users.verify(name, password.toCharArray(), source == null ? "" : source)) {
      case ConsoleUsers.Login.Welcome welcome -> {
        // a fresh id, so that an id known before the login is worth nothing after it
        session(context).regenerateId();
        session(context).put(USER, name);
        redirect(context, "/");
      }
      case ConsoleUsers.Login.Refused refused ->
          loginPage(context, "That name and password do not belong together.", 401);
      case ConsoleUsers.Login.TryLater later ->
          loginPage(context, "Too many failures from your address. Wait a minute.", 429);
    }
  }

  private void needsUser(RoutingContext context) {
    if (session(context).get(USER) != null) {
      context.next();
    } else if (context.normalizedPath().equals("/events")) {
      context.response().setStatusCode(401).end();
    } else {
      redirect(context, "/login");
    }
  }

  private void logout(RoutingContext context) {
    session(context).destroy();
    redirect(context, "/login");
  }

  private void now(RoutingContext context) {
    page(context, 200, "now", shell(context, "view", views.now()));
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .end(facades.metrics().scrape());
  }

  private void events(RoutingContext context) {
    String incident = context.queryParams().get("incident");
    live.open(context, incident == null ? Topic.NOW : new Topic(incident));
  }

  private void incident(RoutingContext context) {
    views
        .incident(parameter(context, "id"))
        .ifPresentOrElse(
            view -> page(context, 200, "incident", shell(context, "view", view)),
            () -> message(context, 404, "There is no such incident."));
  }

  private void subjects(RoutingContext context) {
    String id = parameter(context, "id");
    var response =
        api.handle(
            new ApiRequest(
                "GET",
                "/api/v1/incidents/" + id + "/scope",
                Map.of("reveal", "true"),
                Json.tree(Map.of()),
                user(context)));
    if (response.isSuccess()) {
      var parameters = shell(context, "id", id);
      parameters.put(
          "subjects",
          response.body().path("subjects").valueStream().map(node -> node.asString()).toList());
      page(context, 200, "subjects", parameters);
    } else {
      message(context, response.status(), response.body().path("detail").asString(""));
    }
  }

  private void close(RoutingContext context) {
    String id = parameter(context, "id");
    act(context, "/api/v1/incidents/" + id + "/close", "/incidents/" + id);
  }

  private void export(RoutingContext context) {
    String id = parameter(context, "id");
    act(context, "/api/v1/incidents/" + id + "/evidence", "/incidents/" + id);
  }

  private void download(RoutingContext context) {
    Optional<Path> file =
        facades
            .evidence()
            .find(parameter(context, "id"))
            .map(export -> Path.of(export.file()))
            .filter(Files::isRegularFile);
    if (file.isEmpty()) {
      message(context, 404, "That archive is not here any more, or was written elsewhere.");
      return;
    }
    context
        .response()
        .putHeader("Content-Type", "application/zip")
        .putHeader(
            "Content-Disposition", "attachment; filename=\"" + parameter(context, "id") + ".zip\"")
        .sendFile(file.get().toString());
  }

  private void hold(RoutingContext context) {
    String id = parameter(context, "id");
    act(context, "/api/v1/incidents/" + id + "/hold", "/incidents/" + id);
  }

  private void releaseHold(RoutingContext context) {
    String id = parameter(context, "id");
    act(context, "/api/v1/incidents/" + id + "/release-hold", "/incidents/" + id);
  }

  private void pivot(RoutingContext context) {
    String id = parameter(context, "id");
    String verb =
        "accept".equals(context.request().getFormAttribute("verdict")) ? "accept" : "reject";
    act(
        context,
        "/api/v1/incidents/%s/scope/pivots/%s/%s".formatted(id, parameter(context, "pivot"), verb),
        "/incidents/" + id);
  }

  private void release(RoutingContext context) {
    act(context, "/api/v1/orders/" + parameter(context, "id") + "/release", "/");
  }

  private void approve(RoutingContext context) {
    act(context, "/api/v1/notices/" + parameter(context, "id") + "/approve", "/");
  }

  private void act(RoutingContext context, String path, String then) {
    String reason = Optional.ofNullable(context.request().getFormAttribute("reason")).orElse("");
    ApiResponse response =
        api.handle(
            new ApiRequest(
                "POST", path, Map.of(), Json.tree(Map.of("reason", reason)), user(context)));
    if (response.isSuccess()) {
      String back = context.request().getFormAttribute("back");
      redirect(context, back != null && back.matches("/incidents/INC-\\d+") ? back : then);
    } else {
      message(context, response.status(), response.body().path("detail").asString(""));
    }
  }

  private void message(RoutingContext context, int status, String text) {
    page(context, status, "message", shell(context, "text", text));
  }

  private void failed(RoutingContext context) {
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    if (status == 500) {
      LOG.error(
          "{} {} failed", context.request().method(), context.request().path(), context.failure());
    }
    if (!context.response().ended()) {
      context
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .end(
              status == 403
                  ? "This form is too old, or did not come from this page: load the page again.\n"
                  : "That did not work (" + status + ").\n");
    }
  }

  private void page(
      RoutingContext context, int status, String template, Map<String, Object> parameters) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(pages.render(template, parameters));
  }

  private static Map<String, Object> shell(RoutingContext context, String name, Object value) {
    var parameters = new HashMap<String, Object>();
    parameters.put(name, value);
    parameters.put("user", user(context));
    parameters.put("csrf", csrf(context));
    return parameters;
  }

  private static String parameter(RoutingContext context, String name) {
    return Objects.requireNonNullElse(context.pathParam(name), "");
  }

  private static Session session(RoutingContext context) {
    return Objects.requireNonNull(context.session(), "the session handler comes first");
  }

  private static String user(RoutingContext context) {
    Object user = session(context).get(USER);
    return user == null ? "" : user.toString();
  }

  private static String csrf(RoutingContext context) {
    Object token = context.get(CSRFHandler.DEFAULT_HEADER_NAME);
    return token == null ? "" : token.toString();
  }

  private static void redirect(RoutingContext context, String to) {
    context.response().setStatusCode(303).putHeader("Location", to).end();
  }
}
