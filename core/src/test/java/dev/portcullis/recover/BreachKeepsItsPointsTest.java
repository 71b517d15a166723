package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreachKeepsItsPointsTest {
  @TempDir Path directory;
  private Workshop shop;

  @BeforeEach
  void open() throws Exception {
    shop = new Workshop(directory);
    shop.create(5);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void theLastPointsBeforeAnOpenBreachOutliveTheNumberToKeepUntilItIsOver() {
    var breaches = new ArrayList<Instant>();
    var desk = shop.desk("keys", shop.offsite, 2, () -> List.copyOf(breaches));
    RecoveryPoint first = backup(desk);
    RecoveryPoint second = backup(desk);
    Instant breach = shop.later(Duration.ofSeconds(1));
    breaches.add(breach);
    RecoveryPoint third = backup(desk);
    RecoveryPoint fourth = backup(desk);
    RecoveryPoint fifth = backup(desk);
    assertThat(desk.points("clinic")).containsExactly(fifth, fourth, second, first);
    assertThat(desk.points("clinic")).doesNotContain(third);

    RestoreReport report = desk.restore(shop.live(breach));
    assertThat(report.point()).isEqualTo(second);

    breaches.clear();
    RecoveryPoint sixth = backup(desk);
    assertThat(desk.points("clinic")).containsExactly(sixth, fifth);
  }

  @Test
  void whileItCannotBeToldWhatIsNeededNothingIsRemovedAndTheBackupIsTaken() {
    var desk =
        shop.desk(
            "keys",
            shop.offsite,
            1,
            () -> {
              throw new IllegalStateException("the store is busy");
            });
    backup(desk);
    backup(desk);
    assertThat(desk.points("clinic")).hasSize(2);
  }

  private RecoveryPoint backup(StoredRecoveryDesk desk) {
    shop.later(Duration.ofSeconds(30));
    return desk.backup("clinic");
  }
}
