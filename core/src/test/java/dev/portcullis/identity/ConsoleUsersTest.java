package dev.portcullis.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.identity.ConsoleUsers.Login;
import dev.portcullis.identity.testing.HandMovedClock;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleUsersTest {
  private static final char[] RIGHT = "a long enough password".toCharArray();
  private static final char[] WRONG = "another long password".toCharArray();

  private final HandMovedClock clock = new HandMovedClock();
  @TempDir Path directory;
  private Store store;
  private ConsoleUsers users;

  @BeforeEach
  void open() {
    store = Store.open(directory);
    users = new ConsoleUsers(store.jdbi(), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void somebodyComesInWithTheirPasswordAndRole() {
    assertThat(users.isEmpty()).isTrue();
    assertThat(users.createIfAbsent("ada", ConsoleUser.Role.ADMINISTRATOR, RIGHT)).isTrue();
    assertThat(users.isEmpty()).isFalse();
    assertThat(users.verify("ada", RIGHT, "192.0.2.1"))
        .isEqualTo(new Login.Welcome(new ConsoleUser("ada", ConsoleUser.Role.ADMINISTRATOR)));
    assertThat(users.verify("ada", WRONG, "192.0.2.1")).isEqualTo(new Login.Refused());
    assertThat(users.verify("eve", RIGHT, "192.0.2.1")).isEqualTo(new Login.Refused());
  }

  @Test
  void aSecondCreationChangesNothing() {
    users.createIfAbsent("ada", ConsoleUser.Role.VIEWER, RIGHT);
    assertThat(users.createIfAbsent("ada", ConsoleUser.Role.ADMINISTRATOR, WRONG)).isFalse();
    assertThat(users.verify("ada", RIGHT, "192.0.2.1"))
        .isEqualTo(new Login.Welcome(new ConsoleUser("ada", ConsoleUser.Role.VIEWER)));
    assertThatThrownBy(
            () -> users.createIfAbsent("bob", ConsoleUser.Role.VIEWER, "short".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void guessesAreSlowedDownThereAndTheOwnerComesInFromElsewhere() {
    users.createIfAbsent("ada", ConsoleUser.Role.RESPONDER, RIGHT);
    for (int i = 0; i < AttemptThrottle.FREE_FAILURES; i++) {
      assertThat(users.verify("ada", WRONG, "192.0.2.66")).isEqualTo(new Login.Refused());
    }
    Login late = users.verify("ada", RIGHT, "192.0.2.66");
    assertThat(late).isInstanceOf(Login.TryLater.class);
    assertThat(users.verify("ada", RIGHT, "192.0.2.1")).isInstanceOf(Login.Welcome.class);
    clock.advance(((Login.TryLater) late).pause());
    assertThat(users.verify("ada", RIGHT, "192.0.2.66")).isInstanceOf(Login.Welcome.class);
  }
}
