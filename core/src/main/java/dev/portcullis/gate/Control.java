package dev.portcullis.gate;

import java.util.concurrent.CompletionStage;

/**
 * One control of the request path, such as authentication. Runs on an event loop: it MUST NOT
 * block, MUST NOT throw for anything a client sent, and MUST treat the request's text as hostile.
 */
public interface Control {
  /** The stage's name: the same in the journal, the metrics and the documentation. */
  String name();

  /** Passes, refuses, or answers later. */
  Decision decide(GateRequest request);

  /** What a control says. */
  sealed interface Decision {
    /** The next control may look. */
    record Pass() implements Decision {}

    /** The request ends here. */
    record Refuse(Refusal refusal) implements Decision {}

    /**
     * The answer comes from another thread; the gate goes on in the connection's event loop. Never
     * fails.
     */
    record Later(CompletionStage<Decision> decision) implements Decision {}

    /** The next control may look. */
    Decision PASS = new Pass();
  }
}
