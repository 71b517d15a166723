package dev.portcullis.demo;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.sqlite.SQLiteConfig;

/** The sample API's own database, {@code clinic.db}: what is breached, backed up and restored. */
final class ClinicDatabase implements AutoCloseable {
  /** Fields of a patient that can be changed, and their columns. */
  static final List<String> CHANGEABLE = List.of("phone", "email", "medication");

  /** Patients that one list answers with. */
  static final int LISTED = 100;

  private static final int FIRST_APPOINTMENT = 5001;

  private static final RowMapper<Patient> PATIENT =
      (row, context) ->
          new Patient(
              row.getString("id"),
              row.getString("name"),
              LocalDate.parse(row.getString("birth_date")),
              row.getString("email"),
              row.getString("phone"),
              row.getString("diagnosis"),
              row.getString("medication"),
              row.getString("clinic"));

  /**
   * An appointment.
   *
   * @param id such as {@code A-5001}
   * @param at local to the clinic
   */
  record Appointment(String id, String patient, LocalDateTime at, String reason) {}

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private ClinicDatabase(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /** Opens it; a new one is filled with so many patients. */
  static ClinicDatabase open(Path file, int patients) {
    var database = new ClinicDatabase(SqlitePool.open(file, SQLiteConfig.SynchronousMode.FULL));
    database.jdbi.useTransaction(handle -> {
      int version = handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
      if (version == 0) {
        create(handle);
        seed(handle, patients);
        handle.execute("PRAGMA user_version = 1");
      }
    });
    return database;
  }

  Optional<Patient> patient(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM patients WHERE id = :id")
            .bind("id", id)
            .map(PATIENT)
            .findOne());
  }

  List<Patient> patientsOf(String clinic, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM patients WHERE clinic = :clinic ORDER BY id LIMIT :most")
            .bind("clinic", clinic)
            .bind("most", most)
            .map(PATIENT)
            .list());
  }

  /**
   * Changes these fields of a patient.
   *
   * @param changes {@link #CHANGEABLE} fields to new values
   */
  Optional<Patient> change(String id, Map<String, String> changes) {
    return jdbi.inTransaction(handle -> {
      for (var change : changes.entrySet()) {
        if (!CHANGEABLE.contains(change.getKey())) {
          throw new IllegalArgumentException("not changeable: " + change.getKey());
        }
        handle
            .createUpdate("UPDATE patients SET " + change.getKey() + " = :value WHERE id = :id")
            .bind("value", change.getValue())
            .bind("id", id)
            .execute();
      }
      return handle
          .createQuery("SELECT * FROM patients WHERE id = :id")
          .bind("id", id)
          .map(PATIENT)
          .findOne();
    });
  }

  Optional<Appointment> appointment(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT id, patient_id, at, reason FROM appointments WHERE id = :id")
            .bind("id", id)
            .map((row, context) ->
                new Appointment(
                    row.getString("id"),
                    row.getString("patient_id"),
                    LocalDateTime.parse(row.getString("at")),
                    row.getString("reason")))
            .findOne());
  }

  long patientCount() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM patients").mapTo(Long.class).one());
  }

  private static void create(Handle handle) {
    handle.execute(
        "CREATE TABLE patients (id TEXT PRIMARY KEY, name TEXT NOT NULL, birth_date TEXT NOT NULL,"
            + " email TEXT NOT NULL, phone TEXT NOT NULL, diagnosis TEXT NOT NULL,"
            + " medication TEXT NOT NULL, clinic TEXT NOT NULL)");
    handle.execute("CREATE INDEX patients_of_clinic ON patients (clinic, id)");
    handle.execute(
        "CREATE TABLE appointments (id TEXT PRIMARY KEY,"
            + " patient_id TEXT NOT NULL REFERENCES patients, at TEXT NOT NULL,"
            + " reason TEXT NOT NULL)");
  }

  private static void seed(Handle handle, int count) {
    var patients =
        handle.prepareBatch(
            "INSERT INTO patients VALUES (:id, :name, :birth, :email, :phone, :diagnosis,"
                + " :medication, :clinic)");
    var appointments =
        handle.prepareBatch("INSERT INTO appointments VALUES (:id, :patient, :at, :reason)");
    var first = LocalDateTime.of(2027, 1, 4, 8, 0);
    int number = 0;
    for (Patient patient : (Iterable<Patient>) Fiction.patients(count)::iterator) {
      patients
          .bind("id", patient.id())
          .bind("name", patient.name())
          .bind("birth", patient.birthDate().toString())
          .bind("email", patient.email())
          .bind("phone", patient.phone())
          .bind("diagnosis", patient.diagnosis())
          .bind("medication", patient.medication())
          .bind("clinic", patient.clinic())
          .add();
      appointments
          .bind("id", "A-" + (FIRST_APPOINTMENT + number))
          .bind("patient", patient.id())
          .bind("at", first.plusMinutes(20L * number).toString())
          .bind("reason", "Review: " + patient.diagnosis())
          .add();
      number++;
    }
    if (number > 0) {
      patients.execute();
      appointments.execute();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
