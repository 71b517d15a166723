package dev.portcullis.journal;

import dev.portcullis.crypto.CryptoException;
import dev.portcullis.crypto.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Stamps checkpoints with a time that is not ours: RFC 3161 over HTTP (its section 3.4). */
final class TimestampAuthority implements Attester {
  private final URI url;
  private final Duration every;
  private final Path journal;
  private final OutboundHttp http;

  TimestampAuthority(URI url, Duration every, Path journal, OutboundHttp http) {
    this.url = url;
    this.every = every;
    this.journal = journal;
    this.http = http;
  }

  @Override
  public String kind() {
    return "timestamp";
  }

  @Override
  public String name() {
    return "The time-stamping authority at " + url.getHost();
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void attest(Checkpoint checkpoint, CheckpointFiles files)
      throws AttestationException, IOException, InterruptedException {
    var request = Timestamps.request(TimestampFiles.digest(checkpoint.text()));
    var answer =
        http.post(url, "application/timestamp-query", request.encoded(), TimestampFiles.MAX_BYTES);
    if (answer.status() != 200) {
      throw new AttestationException("refused", "it answered status " + answer.status());
    }
    try {
      request.accept(answer.body());
    } catch (CryptoException e) {
      throw new AttestationException("invalid", String.valueOf(e.getMessage()));
    }
    TimestampFiles.write(journal, checkpoint.head().size(), answer.body());
  }
}
