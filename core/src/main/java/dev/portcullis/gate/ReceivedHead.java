package dev.portcullis.gate;

import dev.portcullis.gate.wire.Head;
import dev.portcullis.gate.wire.RequestMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A received request as the controls see it; strings are made only for what they ask. */
record ReceivedHead(RequestMessage message, String source) implements RequestHead {
  @Override
  public String method() {
    return message.method();
  }

  @Override
  public String path() {
    return message.target().path();
  }

  @Override
  public String query() {
    return message.target().query();
  }

  @Override
  public String target() {
    String raw = message.target().raw();
    return query().isEmpty() ? raw : raw + "?" + query();
  }

  @Override
  public Optional<String> header(String name) {
    return message.head().first(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public List<String> headers(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Head head = message.head();
    var values = new ArrayList<String>(1);
    for (int i = 0; i < head.count(); i++) {
      if (head.is(i, lower)) {
        values.add(head.value(i));
      }
    }
    return values;
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> action) {
    Head head = message.head();
    for (int i = 0; i < head.count(); i++) {
      action.accept(head.name(i), head.value(i));
    }
  }

  // Headers may hold credentials.
  @Override
  public String toString() {
    return "ReceivedHead[" + method() + "]";
  }
}
