package dev.portcullis.identity;

import dev.portcullis.crypto.PasswordHash;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Jdbi;

/** People who may use the console, with their local passwords. Everything here blocks. */
public final class ConsoleUsers {
  /** Passwords hashed at once: each takes 19 MiB and a core. */
  static final int CONCURRENT_LOGINS = 4;

  private static final int MAX_NAME = 128;
  private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final AttemptThrottle throttle;
  private final Semaphore logins = new Semaphore(CONCURRENT_LOGINS);
  private final String hashOfNobody;

  /** Those in the store. */
  public ConsoleUsers(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.throttle = new AttemptThrottle(clock);
    this.hashOfNobody = PasswordHash.of("nobody".toCharArray());
  }

  /** What a login says. */
  public sealed interface Login {
    /** Come in. */
    record Welcome(ConsoleUser user) implements Login {}

    /** Unknown name or wrong password: nobody is told which. */
    record Refused() implements Login {}

    /** Too many failures, or too many at once. */
    record TryLater(Duration pause) implements Login {}
  }

  /**
   * Adds somebody.
   *
   * @return false if there is somebody of that name already; nothing is changed then
   * @throws IllegalArgumentException if the name is empty or too long, or the password too short or
   *     too long
   */
  public boolean createIfAbsent(String name, ConsoleUser.Role role, char[] password) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "A console user's name of %d characters (expected: 1 to %d)"
              .formatted(name.length(), MAX_NAME));
    }
    char[] accepted = Passwords.acceptable(password);
    if (find(name).isPresent()) {
      return false;
    }
    String hash = PasswordHash.of(accepted);
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                "insert into console_user (name, role, hash, created_at)"
                    + " values (:name, :role, :hash, :createdAt)"
                    + " on conflict (name) do nothing")
            .bind("name", name)
            .bind("role", role.name())
            .bind("hash", hash)
            .bind("createdAt", clock.millis())
            .execute())
        == 1;
  }

  /** Whether there is anybody at all: a console without users needs its first one. */
  public boolean isEmpty() {
    return jdbi.withHandle(handle ->
        handle.createQuery("select count(*) from console_user").mapTo(Integer.class).one())
        == 0;
  }

  /**
   * Checks a password.
   *
   * @param source the client's address: failures slow down this name from there, never from
   *     elsewhere
   */
  public Login verify(String name, char[] password, String source) {
    if (name.length() > MAX_NAME || password.length > Passwords.MAX_LENGTH) {
      return new Login.Refused();
    }
    if (!logins.tryAcquire()) {
      return new Login.TryLater(BUSY_PAUSE);
    }
    try {
      Optional<Duration> pause = throttle.begin(name, source);
      if (pause.isPresent()) {
        return new Login.TryLater(pause.get());
      }
      Optional<Row> row = find(name);
      boolean isRight =
          PasswordHash.matches(Passwords.normal(password), row.map(Row::hash).orElse(hashOfNobody));
      if (row.isEmpty() || !isRight) {
        return new Login.Refused();
      }
      throttle.succeeded(name, source);
      return new Login.Welcome(row.get().user());
    } finally {
      logins.release();
    }
  }

  private record Row(ConsoleUser user, String hash) {
    @Override
    public String toString() {
      return "Row[" + user.name() + "]";
    }
  }

  private Optional<Row> find(String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select role, hash from console_user where name = :name")
            .bind("name", name)
            .map(row ->
                new Row(
                    new ConsoleUser(
                        name, ConsoleUser.Role.valueOf(row.getColumn("role", String.class))),
                    row.getColumn("hash", String.class)))
            .findOne());
  }
}
