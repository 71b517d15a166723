package dev.portcullis.journal;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One that remembers the last tree that it was shown and signs only what continues it: C2SP {@code
 * tlog-witness}, {@code add-checkpoint}.
 */
final class Witness implements Attester {
  /** The reason when it has seen another history than ours. */
  static final String DISAGREES = "disagrees";

  private static final int MAX_ANSWER_BYTES = 64 << 10;

  /** It may have signed something else in between. */
  private static final int ATTEMPTS = 3;

  private final URI submit;
  private final WitnessKey key;
  private final Duration every;
  private final Path journal;
  private final OutboundHttp http;

  /** Size of the last tree that it signed; if we are wrong, it tells. */
  private long seen;

  Witness(URI url, WitnessKey key, Duration every, Path journal, OutboundHttp http) {
    String prefix = url.toString();
    this.submit = URI.create(prefix + (prefix.endsWith("/") ? "" : "/") + "add-checkpoint");
    this.key = key;
    this.every = every;
    this.journal = journal;
    this.http = http;
  }

  @Override
  public String kind() {
    return "witness";
  }

  @Override
  public String name() {
    return "The witness " + key.name();
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void attest(Checkpoint checkpoint, CheckpointFiles files)
      throws AttestationException, IOException, InterruptedException {
    long size = checkpoint.head().size();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var answer =
          http.post(submit, "text/plain; charset=utf-8", request(checkpoint), MAX_ANSWER_BYTES);
      switch (answer.status()) {
        case 200 -> {
          keep(checkpoint, answer, files);
          seen = size;
          return;
        }
        case 409 -> {
          seen = toldSize(answer);
          if (seen > size) {
            throw new AttestationException(
                DISAGREES,
                "it has signed a tree of %d records, this journal's last has %d: the journal was set back, or another writes under its name"
                    .formatted(seen, size));
          }
        }
        case 422 ->
            throw new AttestationException(
                DISAGREES, "it finds that the tree does not continue the one that it has signed");
        default ->
            throw new AttestationException("refused", "it answered status " + answer.status());
      }
    }
    throw new AttestationException("refused", "each time it had signed another size in between");
  }

  private byte[] request(Checkpoint checkpoint) {
    long size = checkpoint.head().size();
    var request = new StringBuilder("old ").append(seen).append('\n');
    if (seen > 0 && seen < size) {
      try (var proofs = Proofs.of(journal)) {
        List<byte[]> proof = proofs.consistency(seen, size);
        ProofCheck.encoded(proof).forEach(hash -> request.append(hash).append('\n'));
      }
    }
    return request
        .append('\n')
        .append(checkpoint.note())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static long toldSize(OutboundHttp.Answer answer) throws AttestationException {
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw new AttestationException("invalid", "its answer 409 does not tell a size");
    }
    return Long.parseLong(text);
  }

  private void keep(Checkpoint checkpoint, OutboundHttp.Answer answer, CheckpointFiles files)
      throws AttestationException, IOException {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    for (String line : Arrays.asList(text.split("\n", -1))) {
      if (key.isNamed(line) && key.signed(checkpoint.text(), line).isPresent()) {
        files.add(checkpoint, line);
        return;
      }
    }
    throw new AttestationException("invalid", "its answer has no valid cosignature of its key");
  }
}
