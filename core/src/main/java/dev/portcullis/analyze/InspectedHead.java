package dev.portcullis.analyze;

import dev.portcullis.gate.RequestHead;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a log keeps of a request's head, for the inspection: its target, or one header. */
record InspectedHead(String target, String name, String value) implements RequestHead {
  static InspectedHead ofTarget(String target) {
    return new InspectedHead(target, "", "");
  }

  static InspectedHead ofHeader(String name, String value) {
    return new InspectedHead("/", name, value);
  }

  @Override
  public String method() {
    return "GET";
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
    return "";
  }

  @Override
  public Optional<String> header(String wanted) {
    return headers(wanted).stream().findFirst();
  }

  @Override
  public List<String> headers(String wanted) {
    return !name.isEmpty() && name.equalsIgnoreCase(wanted) ? List.of(value) : List.of();
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> action) {
    if (!name.isEmpty()) {
      action.accept(name, value);
    }
  }
}
