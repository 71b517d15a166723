package dev.portcullis.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The sample API that stands behind the gateway in the demo: patients and appointments of a few
 * clinics, in a SQLite database. It is broken on purpose, as OWASP API1:2023 (broken object level
 * authorisation) describes: it never asks whose patient it is. Answers {@code GET} and {@code PATCH
 * /v1/patients/{id}}, {@code GET /v1/patients?clinic=}, {@code GET /v1/appointments/{id}} and
 * {@code GET /healthz}.
 */
public final class ClinicApi implements AutoCloseable {
  /** How many patients a new database gets. */
  public static final int PATIENTS = 400;

  private static final int STOP_SECONDS = 1;

  private final ClinicDatabase database;
  private final ClinicAccessLog accesses;
  private final HttpServer server;
  private final ExecutorService threads;

  private ClinicApi(
      ClinicDatabase database,
      ClinicAccessLog accesses,
      HttpServer server,
      ExecutorService threads) {
    this.database = database;
    this.accesses = accesses;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts it on 127.0.0.1.
   *
   * @param directory for {@code clinic.db} and {@code clinic-access.db}
   * @param port 0: the system chooses
   * @param patients made when the database is new
   */
  public static ClinicApi start(Path directory, int port, int patients, InstantSource clock) {
    try {
      Files.createDirectories(directory);
      // the port first: where it is taken, nothing else has to be undone
      var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
      var database = ClinicDatabase.open(databaseFile(directory), patients);
      var accesses = ClinicAccessLog.open(directory.resolve("clinic-access.db"), clock);
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      server.createContext("/", new ClinicRoutes(database, accesses));
      server.setExecutor(threads);
      server.start();
      return new ClinicApi(database, accesses, server, threads);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The sample API can't start on 127.0.0.1:"
              + port
              + " with its data in "
              + directory
              + ": "
              + e.getMessage()
              + "; choose another port or directory",
          e);
    }
  }

  /** Where its database lies in such a directory: the asset to back up. */
  public static Path databaseFile(Path directory) {
    return directory.resolve("clinic.db");
  }

  /** The clinics that have patients here. */
  public static List<String> clinics() {
    return Fiction.CLINICS;
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The clinic's patients, by number, at most that many. */
  public List<String> patientsOf(String clinic, int most) {
    return database.patientsOf(clinic, most).stream().map(Patient::id).toList();
  }

  /** How many patients there are. */
  public long patientCount() {
    return database.patientCount();
  }

  /** The patient's telephone number now: what attackers alter in the demo. */
  public String phoneOf(String patient) {
    return database.patient(patient).map(Patient::phone).orElse("");
  }

  /**
   * The patients of whom anything was given to that source, or altered by it. The truth that a
   * scope is measured against.
   *
   * @param source address of the client, as told by {@code X-Forwarded-For}; without that, of the
   *     connection
   */
  public Set<String> patientsGivenTo(String source) {
    return accesses.patientsGivenTo(source);
  }

  /** How many answers with a patient's data that source was given. */
  public long served(String source) {
    return accesses.served(source);
  }

  @Override
  public void close() {
    server.stop(STOP_SECONDS);
    threads.close();
    database.close();
    accesses.close();
  }
}
