package dev.portcullis.gate.observe;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What is still being read, on a thread of its own. */
record LateFindings(CompletableFuture<Observed> future) implements Findings {
  @Override
  public void whenKnown(Consumer<Observed> then) {
    var unused = future.thenAccept(then);
  }

  @Override
  public Observed known() {
    return future.join();
  }

  @Override
  public Findings map(UnaryOperator<Observed> change) {
    return new LateFindings(future.thenApply(change));
  }
}
