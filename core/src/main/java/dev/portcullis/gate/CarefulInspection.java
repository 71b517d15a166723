package dev.portcullis.gate;

import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.journal.Finding;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An inspection that finds something where it fails: what broke it may have been sent for that. */
record CarefulInspection(Inspection inner) implements Inspection {
  private static final Logger LOG = LoggerFactory.getLogger(CarefulInspection.class);

  @Override
  public List<Finding> head(RequestHead head) {
    return carefully(() -> inner.head(head));
  }

  @Override
  public List<Finding> body(String contentType, byte[] body) {
    return carefully(() -> inner.body(contentType, body));
  }

  private static List<Finding> carefully(Supplier<List<Finding>> look) {
    try {
      return look.get();
    } catch (RuntimeException failure) {
      LOG.error("the inspection failed; that counts as a finding", failure);
      return List.of(new Finding("inspection-failed", "inspection-failed", "request"));
    }
  }
}
