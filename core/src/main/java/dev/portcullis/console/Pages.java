package dev.portcullis.console;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Renders templates. */
final class Pages {
  private final TemplateEngine engine;

  Pages(TemplateEngine engine) {
    this.engine = engine;
  }

  String render(String template, Map<String, Object> parameters) {
    var output = new StringOutput();
    engine.render(template + ".jte", parameters, output);
    return output.toString();
  }
}
