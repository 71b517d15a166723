package dev.portcullis.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Styles and scripts, all from the class path: nothing is fetched from elsewhere. */
final class Assets {
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String OWN = "/dev/portcullis/console/";
  private static final Map<String, String> PLACES =
      Map.of(
          "console.css", OWN + "console.css",
          "console.js", OWN + "console.js",
          "htmx.js", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js",
          "sse.js", WEBJARS + "htmx-ext-sse/2.2.2/sse.js",
          "uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
          "uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");

  private final Map<String, byte[]> contents = new HashMap<>();

  Assets() {
    PLACES.forEach((name, place) -> contents.put(name, read(place)));
  }

  Optional<byte[]> find(String name) {
    return Optional.ofNullable(contents.get(name));
  }

  static String contentType(String name) {
    return name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
  }

  private static byte[] read(String place) {
    try (var in = Assets.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("The build lacks " + place + ": build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
