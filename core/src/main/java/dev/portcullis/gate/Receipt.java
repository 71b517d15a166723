package dev.portcullis.gate;

import dev.portcullis.journal.Journal;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings the journal's word back to the connection's event loop. */
final class Receipt implements Journal.Receipt, Runnable {
  private final EventExecutor loop;
  private final Consumer<Optional<String>> then;
  private @Nullable String lost;

  /**
   * @param then gets the reason if the exchange was lost
   */
  Receipt(EventExecutor loop, Consumer<Optional<String>> then) {
    this.loop = loop;
    this.then = then;
  }

  @Override
  public void recorded(long sequence) {
    hop();
  }

  @Override
  public void lost(String reason) {
    lost = reason;
    hop();
  }

  private void hop() {
    try {
      loop.execute(this);
    } catch (RejectedExecutionException stopped) {
      // The gate has stopped and its connections are closed: nobody waits any more.
    }
  }

  @Override
  public void run() {
    then.accept(Optional.ofNullable(lost));
  }
}
