package dev.portcullis.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clinics at their everyday work: each with its own key and address reads its own patients, mostly
 * the same few, and now and then corrects a telephone number.
 */
public final class OrdinaryClients implements AutoCloseable {
  /** Patients whom a clinic mostly deals with. */
  private static final int HANDFUL = 6;

  /** One request in so many is for another of its patients. */
  private static final int OTHERS_ONE_IN = 25;

  /** One request in so many alters a record. */
  private static final int CHANGES_ONE_IN = 20;

  /**
   * A clinic.
   *
   * @param name its account
   * @param source address it comes from, such as 127.0.0.11
   * @param patients its own, at least one
   */
  public record Clinic(String name, String source, ApiKey key, List<String> patients) {
    /** Copies the list. */
    public Clinic {
      patients = List.copyOf(patients);
      if (patients.isEmpty()) {
        throw new IllegalArgumentException("the clinic " + name + " needs at least one patient");
      }
    }
  }

  private final GateAddress gate;
  private final List<Clinic> clinics;
  private final double perSecond;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, ConcurrentMap<Integer, LongAdder>> answers = new TreeMap<>();
  private final AtomicLong failures = new AtomicLong();

  /**
   * @param perSecond requests of each clinic a second
   */
  public OrdinaryClients(GateAddress gate, List<Clinic> clinics, double perSecond) {
    this.gate = gate;
    this.clinics = List.copyOf(clinics);
    this.perSecond = perSecond;
    clinics.forEach(clinic -> answers.put(clinic.name(), new ConcurrentHashMap<>()));
  }

  /** Begins; once. */
  public void start() {
    for (Clinic clinic : clinics) {
      threads.add(Thread.ofVirtual().name("clinic-" + clinic.name()).start(() -> work(clinic)));
    }
  }

  /** All answers by status. */
  public Map<Integer, Long> answers() {
    var all = new TreeMap<Integer, Long>();
    for (Clinic clinic : clinics) {
      answers(clinic.name()).forEach((status, count) -> all.merge(status, count, Long::sum));
    }
    return all;
  }

  /** One clinic's answers by status. */
  public Map<Integer, Long> answers(String clinic) {
    var counts = new TreeMap<Integer, Long>();
    answers
        .getOrDefault(clinic, new ConcurrentHashMap<>())
        .forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }

  /** Requests that got no answer. */
  public long failures() {
    return failures.get();
  }

  /** Ends all; waits for the requests under way. */
  @Override
  public void close() {
    stopped.countDown();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void work(Clinic clinic) {
    var random = new Random(clinic.name().hashCode());
    var pace = new Pace(perSecond, stopped);
    try (var link = new HttpLink(gate, InetAddress.getByName(clinic.source()))) {
      while (pace.await()) {
        try {
          int status = request(clinic, link, random);
          answers
              .getOrDefault(clinic.name(), new ConcurrentHashMap<>())
              .computeIfAbsent(status, unseen -> new LongAdder())
              .increment();
        } catch (IOException e) {
          failures.incrementAndGet();
        }
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + clinic.source(), e);
    }
  }

  private static int request(Clinic clinic, HttpLink link, Random random) throws IOException {
    List<String> patients = clinic.patients();
    int known =
        random.nextInt(OTHERS_ONE_IN) == 0 ? patients.size() : Math.min(HANDFUL, patients.size());
    String target = "/v1/patients/" + patients.get(random.nextInt(known));
    var headers = Map.of(clinic.key().header(), clinic.key().secret());
    if (random.nextInt(CHANGES_ONE_IN) == 0) {
      String change = "{\"phone\": \"" + Fiction.phone(random) + "\"}";
      return link.send("PATCH", target, headers, change.getBytes(StandardCharsets.UTF_8)).status();
    }
    return link.send("GET", target, headers, new byte[0]).status();
  }
}
