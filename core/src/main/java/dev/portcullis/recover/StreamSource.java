package dev.portcullis.recover;

import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Child;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a command once and gives what it writes to all branches at once. */
final class StreamSource {
  private static final int BUFFER = 128 << 10;

  private final Harvest.Stream stream;
  private final java.security.MessageDigest digest = Canonical.sha256();
  private long bytes;

  StreamSource(Harvest.Stream stream) {
    this.stream = stream;
  }

  /**
   * To the command's end. A branch sees its end only if the command ended well and wrote enough.
   *
   * @return SHA-256 of what was written, hexadecimal; empty: it failed, and the branches know why
   */
  Optional<String> run(List<Branch> branches, Cancellation cancellation) throws IOException {
    var stop = new Cancellation();
    try (var registration = cancellation.onCancel(stop::cancel)) {
      Child.Ended ended =
          new Child(stream.command(), Map.of(), Optional.empty(), Duration.ofDays(1))
              .run(out -> pump(out, branches, stop), stop);
      Optional<String> failure = failure(ended, stop);
      for (Branch branch : branches) {
        if (failure.isPresent()) {
          branch.fail(failure.get());
        } else {
          branch.end();
        }
      }
      return failure.isPresent()
          ? Optional.empty()
          : Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      for (Branch branch : branches) {
        branch.fail(
            "The command " + stream.command().getFirst() + " can't be run: " + e.getMessage());
      }
      return Optional.empty();
    }
  }

  private void pump(InputStream out, List<Branch> branches, Cancellation stop) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = out.read(buffer); count >= 0; count = out.read(buffer)) {
      digest.update(buffer, 0, count);
      bytes += count;
      byte[] chunk = Arrays.copyOf(buffer, count);
      boolean read = false;
      for (Branch branch : branches) {
        read |= branch.write(chunk);
      }
      if (!read) {
        stop.cancel(); // no destination is left to write to
        return;
      }
    }
  }

  private Optional<String> failure(Child.Ended ended, Cancellation stop) {
    String command = "The command " + stream.command().getFirst();
    if (stop.isCancelled()) {
      return Optional.of(command + " was stopped");
    }
    if (ended.exit() != 0) {
      return Optional.of(
          command + " ended with " + ended.exit() + ", so nothing is kept: " + ended.errors());
    }
    if (bytes < stream.least()) {
      return Optional.of(
          command
              + " ended well but wrote "
              + bytes
              + " bytes where at least "
              + stream.least()
              + " are a whole backup, so nothing is kept: see what it says when run by hand");
    }
    return Optional.empty();
  }
}
