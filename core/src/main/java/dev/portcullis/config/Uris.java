package dev.portcullis.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;

/** The URLs of upstreams and key sets. */
final class Uris {
  private static final int MAX_LENGTH = 1_000;

  /** Scheme, host and port, the port always explicit afterwards. */
  static final Text<URI> UPSTREAM = Text.of("a URL such as http://127.0.0.1:9090", Uris::upstream);

  /** Where something is posted to. */
  static final Text<URI> SERVICE =
      Text.of("a URL such as https://witness.example.org/journal", Uris::service);

  private Uris() {}

  /** A JWK set: https, a file, or http on this machine; a bare path is a file. */
  static Text<URI> keySet(Path directory) {
    return Text.of(
        "https://host/path, or a file such as ./keys.json", text -> keySet(text, directory));
  }

  private static URI service(String text) throws Mistake {
    URI url = parse(text);
    if (!scheme(url).equals("http") && !scheme(url).equals("https")) {
      throw new Mistake("has no scheme that is spoken", "http:// or https://");
    }
    host(url);
    if (url.getRawFragment() != null) {
      throw new Mistake("has a fragment", "the URL without what follows the #");
    }
    return url;
  }

  private static URI upstream(String text) throws Mistake {
    URI url = parse(text);
    String scheme = scheme(url);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new Mistake("has no scheme that is spoken", "http:// or https://");
    }
    host(url);
    String path = url.getRawPath();
    if ((path != null && !path.isEmpty() && !path.equals("/"))
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new Mistake(
          "has more than scheme, host and port",
          "the URL without a path: requests keep the path they came with");
    }
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("http") ? 80 : 443;
    return URI.create(scheme + "://" + url.getHost() + ":" + port);
  }

  private static URI keySet(String text, Path directory) throws Mistake {
    if (text.startsWith("file:")) {
      String path = text.substring("file:".length()).replaceFirst("^//(?=/)", "");
      return Texts.path(directory).parse(path).toUri();
    }
    if (!text.contains(":")) {
      return Texts.path(directory).parse(text).toUri();
    }
    URI url = parse(text);
    switch (scheme(url)) {
      case "https" -> host(url);
      case "http" -> {
        if (!Endpoints.isLoopback(host(url))) {
          throw new Mistake(
              "is not encrypted, so whoever sits in between could hand out keys",
              "https://; http:// only for this machine");
        }
      }
      default -> throw new Mistake("has no scheme that key sets are read from");
    }
    return url;
  }

  private static URI parse(String text) throws Mistake {
    if (text.length() > MAX_LENGTH) {
      throw new Mistake("is too long", "at most " + MAX_LENGTH + " characters");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new Mistake("is not a URL");
    }
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String host(URI url) throws Mistake {
    if (url.getRawUserInfo() != null) {
      throw new Mistake("has a user or password in it", "the URL without them");
    }
    if (url.getHost() == null) {
      throw new Mistake("has no host");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      throw new Mistake("has a port that is out of range", "a port from 1 to 65535");
    }
    return url.getHost();
  }
}
