package dev.portcullis.gate.inspect;

import dev.portcullis.gate.RequestHead;
import dev.portcullis.journal.Finding;
import java.util.List;

/** Finds injected code. Thread-safe; linear in the input; never blocks. */
public interface Inspection {
  /** Looks at path, query and headers. Mostly empty. */
  List<Finding> head(RequestHead head);

  /**
   * Looks at a body's first part.
   *
   * @param contentType as sent; empty if none
   * @param body at most the configured number of bytes
   */
  List<Finding> body(String contentType, byte[] body);
}
