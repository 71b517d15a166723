package dev.portcullis.gate.inspect;

import dev.portcullis.gate.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A request's head as a client sent it. */
record SentHead(String method, String target, List<Map.Entry<String, String>> lines)
    implements RequestHead {

  static SentHead get(String target) {
    return new SentHead("GET", target, List.of());
  }

  static SentHead with(String name, String value) {
    return new SentHead("GET", "/", List.of(Map.entry(name, value)));
  }

  @Override
  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  @Override
  public String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  @Override
  public String source() {
    return "192.0.2.7";
  }

  @Override
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  @Override
  public List<String> headers(String name) {
    return lines.stream()
        .filter(line -> line.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> action) {
    lines.forEach(line -> action.accept(line.getKey(), line.getValue()));
  }
}
