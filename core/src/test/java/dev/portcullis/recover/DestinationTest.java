package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination that can't take a backup says so and keeps no part of one. */
class DestinationTest {
  @TempDir Path directory;
  private Workshop shop;

  @BeforeEach
  void open() throws Exception {
    shop = new Workshop(directory);
    shop.create(2000);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void aMissingDestinationIsNotMadeUp() {
    Path missing = directory.resolve("not-mounted");
    refused(missing, "does not exist: create the directory, or mount what belongs there");
    assertThat(missing).doesNotExist();
    assertThat(shop.desk("keys", missing, 3).points("clinic")).isEmpty();
  }

  @Test
  void aFileInTheDestinationsPlaceIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("a-file"), "not ours");
    refused(file, "a file is where a directory should be");
    Files.writeString(shop.offsite.resolve("clinic"), "not ours");
    refused(shop.offsite, "a file is where a directory should be");
    assertThat(shop.offsite.resolve("clinic")).hasContent("not ours");
  }

  @Test
  void aFileUnderTheNextPointsNameIsNeverOverwritten() throws Exception {
    Path taken = shop.offsite.resolve("clinic/20261124T100000000Z.bak");
    Files.createDirectories(shop.offsite.resolve("clinic"));
    Files.writeString(taken, "not ours");
    refused(shop.offsite, "lies at " + taken + " already");
    assertThat(taken).hasContent("not ours");
  }

  @Test
  void aFullDiskKeepsNoPartOfAPoint() throws Exception {
    Path small = directory.resolve("small");
    try (var mounted = new Tmpfs(small, "size=64k")) {
      refused(small, "the disk is full");
      try (var left = Files.list(small.resolve("clinic"))) {
        assertThat(left).isEmpty();
      }
      assertThat(shop.desk("keys", small, 3).points("clinic")).isEmpty();
    }
  }

  @Test
  void aReadOnlyDestinationIsNamed() throws Exception {
    Path readOnly = directory.resolve("read-only");
    try (var mounted = new Tmpfs(readOnly, "ro,size=1m")) {
      refused(readOnly, "mounted read-only");
    }
  }

  @Test
  void anAssetWithoutItsFileIsNamed() throws Exception {
    Files.delete(shop.database);
    refused(shop.offsite, "There is no database file at " + shop.database);
  }

  @Test
  void whatACrashLeftHalfWrittenIsNoPointAndGoes() throws Exception {
    Path part = shop.offsite.resolve("clinic/.20261124T095900000Z.bak.part");
    Files.createDirectories(part.getParent());
    Files.writeString(part, "half");
    var desk = shop.desk();
    assertThat(desk.points("clinic")).isEmpty();
    desk.backup("clinic");
    assertThat(part).doesNotExist();
    assertThat(desk.points("clinic")).hasSize(1);
  }

  private void refused(Path destination, String saying) {
    var desk = shop.desk("keys", destination, 3);
    assertThatThrownBy(() -> desk.backup("clinic"))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining(saying);
    assertThat(shop.state.resolve("recover/clinic.copy")).doesNotExist();
  }

  /** A small file system; making one needs root. */
  private static final class Tmpfs implements AutoCloseable {
    private final Path place;

    Tmpfs(Path place, String options) throws Exception {
      this.place = Files.createDirectories(place);
      assumeThat(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString()))
          .as("mounting a small file system needs root on Linux")
          .isZero();
    }

    @Override
    public void close() throws Exception {
      run("umount", place.toString());
    }

    private static int run(String... command) throws InterruptedException {
      try {
        return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      } catch (IOException e) {
        return -1;
      }
    }
  }
}
