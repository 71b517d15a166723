package dev.portcullis.replay;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Sends recorded traffic through a running gate and counts what its journal says.
 *
 * <p>One exchange at a time, each on a connection of its own: what the journal grows by meanwhile
 * is its record, and nothing has to be added to a request to find it again. In random order, so
 * that nothing can be learned from the neighbours; the label is looked at only when all has been
 * judged. The gate must be there for this alone, without containment: each exchange is judged on
 * its own.
 *
 * <p>Noticed means: the record holds a finding of the inspection, or the gate refused the request
 * as an attack or as malformed, or it closed the connection on it without a record.
 */
public final class Replay {
  /** For one answer, and for its record after that. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Refusals that are no judgement of what was sent. */
  private static final List<String> NO_JUDGEMENT =
      List.of("authentication", "authorisation", "rate-limit", "containment", "route", "recording");

  private final InetSocketAddress gate;
  private final Journal journal;
  private final RecordedUpstream upstream;

  /**
   * A replay through that gate.
   *
   * @param gate a plain-text listener
   * @param journal that this gate writes
   * @param upstream that this gate forwards everything to
   */
  public Replay(InetSocketAddress gate, Journal journal, RecordedUpstream upstream) {
    this.gate = gate;
    this.journal = journal;
    this.upstream = upstream;
  }

  /**
   * Sends all of a file.
   *
   * @param seed of the random order
   * @param progress told after each exchange how many have been sent
   * @throws ReplayException when the file or the gate can't be read
   */
  public ReplayResult run(Path file, long seed, IntConsumer progress) throws InterruptedException {
    List<RecordedExchange> exchanges = new ArrayList<>(RecordingFile.read(file));
    Collections.shuffle(exchanges, new Random(seed));
    boolean[] noticed = new boolean[exchanges.size()];
    for (int i = 0; i < noticed.length; i++) {
      noticed[i] = isNoticed(exchanges.get(i));
      progress.accept(i + 1);
    }
    return count(exchanges, noticed);
  }

  private static ReplayResult count(List<RecordedExchange> exchanges, boolean[] noticed) {
    Map<String, ReplayResult.OfClass> classes = new TreeMap<>();
    int benign = 0;
    int accused = 0;
    for (int i = 0; i < noticed.length; i++) {
      int one = noticed[i] ? 1 : 0;
      Optional<String> attack = exchanges.get(i).attack();
      if (attack.isEmpty()) {
        benign++;
        accused += one;
      } else {
        classes.merge(
            attack.get(),
            new ReplayResult.OfClass(1, one),
            (a, b) -> new ReplayResult.OfClass(a.total() + b.total(), a.noticed() + b.noticed()));
      }
    }
    int caught = classes.values().stream().mapToInt(ReplayResult.OfClass::noticed).sum();
    return new ReplayResult(
        noticed.length,
        noticed.length - benign,
        caught,
        benign,
        accused,
        Collections.unmodifiableMap(classes));
  }

  private boolean isNoticed(RecordedExchange exchange) throws InterruptedException {
    long before = journal.end();
    upstream.answerWith(exchange.response());
    String status = send(exchange);
    // A refusal of bytes that are no request may come without a record; all else has one.
    boolean unanswered = status.isEmpty() || status.startsWith("HTTP/1.1 4");
    Duration patience = unanswered ? Duration.ofSeconds(2) : PATIENCE;
    if (!journal.awaitBeyond(before, patience)) {
      if (unanswered) {
        return true;
      }
      throw new ReplayException(
          "line "
              + exchange.line()
              + ": answered '"
              + status
              + "' but not journaled within "
              + PATIENCE.toSeconds()
              + " s; is this the journal of this gate?");
    }
    try (JournalReader entries = journal.read(before)) {
      while (entries.hasNext()) {
        JournalEntry entry = entries.next();
        if (isAccusation(entry.exchange())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAccusation(Exchange exchange) {
    return !exchange.findings().isEmpty()
        || (exchange.outcome() instanceof Outcome.Refused refused
            && !NO_JUDGEMENT.contains(refused.control()));
  }

  /** The status line that came back; empty when the gate closed without one. */
  private String send(RecordedExchange exchange) {
    try (var socket = new Socket(gate.getAddress(), gate.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(RequestWriter.bytes(exchange));
        out.flush();
      } catch (IOException e) {
        // Refused before all was read: the answer, if any, is still to be had.
      }
      return answer(socket.getInputStream());
    } catch (SocketTimeoutException e) {
      throw new ReplayException(
          "line " + exchange.line() + ": no answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (IOException e) {
      throw new ReplayException(
          "line "
              + exchange.line()
              + ": the gate at "
              + gate
              + " can't be reached: "
              + e.getMessage(),
          e);
    }
  }

  /** Reads to the end; keeps the first line. */
  private static String answer(InputStream in) throws IOException {
    var line = new StringBuilder();
    boolean first = true;
    byte[] buffer = new byte[8_192];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; first && i < read; i++) {
          first = buffer[i] != '\r' && buffer[i] != '\n' && line.length() < 256;
          if (first) {
            line.append((char) buffer[i]);
          }
        }
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Reset after the answer: what was read counts.
    }
    return line.toString();
  }
}
