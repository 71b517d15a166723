package dev.portcullis.gate;

import dev.portcullis.gate.Control.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks controls one after the other. Who answers later is waited for without a thread; the next one
 * is asked on the connection's event loop again. A control that fails has let nobody through.
 */
final class ControlChain {
  private static final Logger LOG = LoggerFactory.getLogger(ControlChain.class);

  private final List<Control> controls;

  ControlChain(List<Control> controls) {
    this.controls = controls;
  }

  /** Asks all; {@code passed} runs if none refuses. */
  void ask(Passage passage, GateRequest request, Runnable passed) {
    ask(passage, request, passed, 0);
  }

  private void ask(Passage passage, GateRequest request, Runnable passed, int first) {
    for (int i = first; i < controls.size(); i++) {
      switch (decide(controls.get(i), request)) {
        case Decision.Pass() -> {}
        case Decision.Refuse(Refusal refusal) -> {
          passage.refuse(refusal);
          return;
        }
        case Decision.Later(var later) -> {
          int asked = i;
          var loop = passage.client().lane().loop();
          later.whenComplete((decision, failure) ->
              loop.execute(() -> goOn(passage, request, passed, asked, decision, failure)));
          return;
        }
      }
    }
    passed.run();
  }

  private void goOn(
      Passage passage,
      GateRequest request,
      Runnable passed,
      int asked,
      Decision decision,
      @Nullable Throwable failure) {
    if (!passage.isOpen()) {
      return;
    }
    Control control = controls.get(asked);
    switch (failure == null ? decision : broken(control, failure)) {
      case Decision.Pass() -> ask(passage, request, passed, asked + 1);
      case Decision.Refuse(Refusal refusal) -> passage.refuse(refusal);
      case Decision.Later(var _) -> passage.refuse(refusal(control, "undecided"));
    }
  }

  private static Decision decide(Control control, GateRequest request) {
    try {
      return control.decide(request);
    } catch (RuntimeException failure) {
      return broken(control, failure);
    }
  }

  private static Decision broken(Control control, Throwable failure) {
    LOG.error("control {} failed; the request is refused", control.name(), failure);
    return new Decision.Refuse(refusal(control, "control-failed"));
  }

  private static Refusal refusal(Control control, String reason) {
    return Refusal.of(control.name(), reason, 500, "Internal Server Error");
  }
}
