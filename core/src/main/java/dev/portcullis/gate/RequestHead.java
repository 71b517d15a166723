package dev.portcullis.gate;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A request's head as the controls see it, whatever the server library. */
public interface RequestHead {
  /** Method, as sent. */
  String method();

  /**
   * The path, normalised once (RFC 3986 §6): what is matched is what is forwarded. Starts with a
   * slash.
   */
  String path();

  /** The query as sent, without question mark; empty if none. */
  String query();

  /**
   * The request target as sent, before anything was normalised or decoded: what normalising removes
   * ({@code /../}) is what an inspection looks for. Without it, path and query as they are.
   */
  default String target() {
    return query().isEmpty() ? path() : path() + "?" + query();
  }

  /** The client's address, numeric. */
  String source();

  /** The first header of that name, any case. */
  Optional<String> header(String name);

  /** All headers of that name. */
  List<String> headers(String name);

  /** Every header line, in order. */
  void forEachHeader(BiConsumer<String, String> action);
}
