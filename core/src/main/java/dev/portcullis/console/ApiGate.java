package dev.portcullis.console;

import dev.portcullis.api.Api;
import dev.portcullis.api.ApiRequest;
import dev.portcullis.api.ApiResponse;
import dev.portcullis.api.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Lets those into the API who hold the node's token, and speaks HTTP for it. */
final class ApiGate {
  private static final String BEARER = "Bearer ";
  private final Api api;
  private final byte[] token;

  ApiGate(Api api, String token) {
    this.api = api;
    this.token = token.getBytes(StandardCharsets.US_ASCII);
  }

  void handle(RoutingContext context) {
    if (!authorised(context)) {
      refuse(context);
      return;
    }
    Buffer sent = context.body().buffer();
    JsonNode body;
    try {
      body = sent == null || sent.length() == 0 ? Json.tree(Map.of()) : Json.parse(sent.getBytes());
    } catch (JacksonException e) {
      answer(context, ApiResponse.problem(400, "The body is not JSON"));
      return;
    }
    var query = new HashMap<String, String>();
    context.queryParams().forEach(entry -> query.put(entry.getKey(), entry.getValue()));
    answer(
        context,
        api.handle(
            new ApiRequest(
                context.request().method().name(),
                context.normalizedPath(),
                query,
                body,
                caller(context))));
  }

  /** Lets on who has the token. */
  void require(RoutingContext context) {
    if (authorised(context)) {
      context.next();
    } else {
      refuse(context);
    }
  }

  private static void refuse(RoutingContext context) {
    context.response().putHeader("WWW-Authenticate", "Bearer");
    answer(context, ApiResponse.problem(401, "Send the node's token as Authorization: Bearer ..."));
  }

  private boolean authorised(RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    return header != null
        && header.startsWith(BEARER)
        && MessageDigest.isEqual(
            header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
  }

  private static String caller(RoutingContext context) {
    String name = context.request().getHeader("X-Portcullis-User");
    return name == null || !name.matches("[\\p{L}\\p{N} ._@-]{1,64}") ? "api" : name;
  }

  private static void answer(RoutingContext context, ApiResponse response) {
    context
        .response()
        .setStatusCode(response.status())
        .putHeader(
            "Content-Type", response.isSuccess() ? "application/json" : "application/problem+json")
        .end(Json.line(response.body()));
  }
}
