package dev.portcullis.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Somebody with a stolen API key who walks through other people's records in order, and alters one
 * now and then. Gives up when refused a few times in a row.
 */
public final class Attacker implements AutoCloseable {
  /**
   * What to do.
   *
   * @param first number of the first patient, such as 1001
   * @param most requests, at most {@link #MOST}
   * @param perSecond requests a second
   * @param alterEvery every so many-th request alters a record; 0: none
   * @param refusals in a row after which to give up
   */
  public record Plan(int first, int most, double perSecond, int alterEvery, int refusals) {
    /** Requests are remembered; more than these are not made. */
    public static final int MOST = 1_000_000;

    /** Checks the numbers. */
    public Plan {
      if (most < 1 || most > MOST || alterEvery < 0 || refusals < 1) {
        throw new IllegalArgumentException("an attack needs requests, and refusals to give up at");
      }
    }
  }

  /**
   * One request and its answer.
   *
   * @param number from 1
   * @param sentNanos {@link System#nanoTime} before it was sent
   * @param answeredNanos {@link System#nanoTime} when its answer was read to the end
   * @param status 0: there was no answer
   */
  public record Attempt(
      int number, String method, String patient, long sentNanos, long answeredNanos, int status) {
    /** Whether it was given data. */
    public boolean served() {
      return status == 200;
    }

    /** Whether it was turned away for what the key is or does: 401 or 403. */
    public boolean refused() {
      return status == 401 || status == 403;
    }
  }

  private final GateAddress gate;
  private final String source;
  private final ApiKey stolen;
  private final Plan plan;
  private final List<Attempt> attempts = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  /**
   * @param source address to come from, such as 127.0.0.66
   */
  public Attacker(GateAddress gate, String source, ApiKey stolen, Plan plan) {
    this.gate = gate;
    this.source = source;
    this.stolen = stolen;
    this.plan = plan;
  }

  /** Begins; once. */
  public void start() {
    Thread.ofVirtual().name("attacker").start(this::attack);
  }

  /** Waits until the attacker gave up or has done all; false where that takes longer. */
  public boolean await(Duration most) throws InterruptedException {
    return finished.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** All requests so far, in order. */
  public List<Attempt> attempts() {
    synchronized (attempts) {
      return List.copyOf(attempts);
    }
  }

  /** How many requests were answered with data so far. */
  public long served() {
    return attempts().stream().filter(Attempt::served).count();
  }

  /** The first request that was turned away. */
  public Optional<Attempt> firstRefusal() {
    return attempts().stream().filter(Attempt::refused).findFirst();
  }

  /** Ends the attack, after the request under way. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attack() {
    var pace = new Pace(plan.perSecond(), stopped);
    int refusedInARow = 0;
    try (var link = new HttpLink(gate, InetAddress.getByName(source))) {
      for (int number = 1; number <= plan.most() && pace.await(); number++) {
        Attempt attempt = attempt(link, number);
        synchronized (attempts) {
          attempts.add(attempt);
        }
        refusedInARow = attempt.refused() ? refusedInARow + 1 : 0;
        if (refusedInARow >= plan.refusals()) {
          return;
        }
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + source, e);
    } finally {
      finished.countDown();
    }
  }

  private Attempt attempt(HttpLink link, int number) {
    String patient = "P-" + (plan.first() + number - 1);
    boolean alters = plan.alterEvery() > 0 && number % plan.alterEvery() == 0;
    String method = alters ? "PATCH" : "GET";
    byte[] body =
        alters ? "{\"phone\": \"+44 20 7946 0666\"}".getBytes(StandardCharsets.UTF_8) : new byte[0];
    long sent = System.nanoTime();
    int status;
    try {
      status =
          link.send(
                  method, "/v1/patients/" + patient, Map.of(stolen.header(), stolen.secret()), body)
              .status();
    } catch (IOException e) {
      status = 0;
    }
    return new Attempt(number, method, patient, sent, System.nanoTime(), status);
  }
}
