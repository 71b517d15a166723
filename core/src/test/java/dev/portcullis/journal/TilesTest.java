package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.append;
import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools for transparency logs read the journal's tree: c2sp.org/tlog-tiles. */
class TilesTest {
  @TempDir Path temporary;

  /** Written from the specification, knowing nothing of ours: fetches tiles by their names. */
  private static final class Reader {
    private final Path prefix;
    private final long size;

    Reader(Path prefix, long size) {
      this.prefix = prefix;
      this.size = size;
    }

    private static String elements(long index) {
      String last = "%03d".formatted(index % 1000);
      long rest = index / 1000;
      while (rest > 0) {
        last = "x%03d/".formatted(rest % 1000) + last;
        rest /= 1000;
      }
      return last;
    }

    private byte[] hash(int level, long place) {
      long hashesAtLevel = size >> (8 * level);
      long tile = place / 256;
      long width = Math.min(256, hashesAtLevel - tile * 256);
      String name = "tile/" + level + "/" + elements(tile) + (width == 256 ? "" : ".p/" + width);
      try {
        byte[] bytes = Files.readAllBytes(prefix.resolve(name));
        assertThat(bytes).hasSize((int) width * 32);
        int at = (int) (place % 256) * 32;
        return Arrays.copyOfRange(bytes, at, at + 32);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static byte[] node(byte[] left, byte[] right) {
      try {
        var sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    /** MTH(D[from:to]) as RFC 6962 defines it, from as few tiles as there have to be. */
    byte[] tree(long from, long to) {
      long count = to - from;
      int bits = Long.numberOfTrailingZeros(count);
      if (Long.bitCount(count) == 1 && bits % 8 == 0 && from % count == 0) {
        return hash(bits / 8, from / count);
      }
      long half = Long.highestOneBit(count - 1);
      return node(tree(from, from + half), tree(from + half, to));
    }

    List<byte[]> path(long leaf, long from, long to) {
      if (to - from == 1) {
        return new ArrayList<>();
      }
      long half = from + Long.highestOneBit(to - from - 1);
      List<byte[]> path = leaf < half ? path(leaf, from, half) : path(leaf, half, to);
      path.add(leaf < half ? tree(half, to) : tree(from, half));
      return path;
    }
  }

  private void write(Path journal, int from, int to) {
    try (var written = open(journal, settings(100_000, TestJournals.NEVER))) {
      CompletableFuture<Long> last = CompletableFuture.completedFuture(0L);
      for (int i = from; i < to; i++) {
        last = append(written, numbered(i), Journal.Durability.WRITTEN);
        if (i % 4_000 == 0) {
          last.join();
        }
      }
      last.join();
    }
  }

  private static void check(Path tiles, int size) throws Exception {
    List<String> checkpoint = Files.readAllLines(tiles.resolve("checkpoint"));
    assertThat(checkpoint.get(1)).isEqualTo(Integer.toString(size));
    byte[] root = Base64.getDecoder().decode(checkpoint.get(2));
    var reader = new Reader(tiles, size);
    assertThat(reader.tree(0, size)).isEqualTo(root);
    for (int leaf = 0; leaf < size; leaf += 1 + size / 23) {
      byte[] hash = reader.hash(0, leaf);
      assertThat(ProofCheck.inclusion(hash, leaf, size, reader.path(leaf, 0, size), root)).isTrue();
    }
  }

  @Test
  void rootAndProofsComeOutOfTheTilesAlone() throws Exception {
    Path journal = temporary.resolve("journal");
    Path tiles = temporary.resolve("tiles");
    int before = 0;
    for (int size : List.of(1, 255, 256, 257, 700, 1_000, 70_000)) {
      write(journal, before, size);
      var exported = new TileExport(journal, tiles).run(written -> {});
      assertThat(exported.size()).isEqualTo(size);
      check(tiles, size);
      before = size;
    }
    // the specification's own example
    var names = new TreeSet<String>();
    try (var files = Files.walk(tiles.resolve("tile"))) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(tiles.relativize(file).toString()));
    }
    assertThat(names.stream().filter(name -> name.matches("tile/0/[0-9]{3}"))).hasSize(273);
    assertThat(names)
        .contains("tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1")
        .doesNotContain("tile/3/000.p/1");
    Path again = temporary.resolve("again");
    new TileExport(journal, again).run(written -> {});
    check(again, 70_000);
    assertThat(new TileExport(journal, tiles).run(written -> {}).tiles()).isZero();
  }

  @Test
  void anInterruptedExportIsContinued() throws Exception {
    Path journal = temporary.resolve("journal");
    Path tiles = temporary.resolve("tiles");
    write(journal, 0, 3_000);
    assertThatThrownBy(() ->
            new TileExport(journal, tiles)
                .run(written -> {
                  if (written == 5) {
                    throw new IllegalStateException("pulled the plug");
                  }
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tiles.resolve("checkpoint")).doesNotExist();
    Files.write(tiles.resolve("tile/0/002"), new byte[100]);
    new TileExport(journal, tiles).run(written -> {});
    check(tiles, 3_000);
  }

  @Test
  void anotherJournalsTilesAreLeftAlone() throws Exception {
    write(temporary.resolve("one/journal"), 0, 300);
    write(temporary.resolve("two/journal"), 100, 500);
    Path tiles = temporary.resolve("tiles");
    new TileExport(temporary.resolve("one/journal"), tiles).run(written -> {});
    assertThatThrownBy(
            () -> new TileExport(temporary.resolve("two/journal"), tiles).run(written -> {}))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("of another tree");
    check(tiles, 300);
  }

  @Test
  void aRunningJournalServesWhatItHasSigned() throws Exception {
    Path journal = temporary.resolve("journal");
    write(journal, 0, 600);
    var source = new TileSource(journal);
    assertThat(
            new String(
                source.find("checkpoint").orElseThrow().content(),
                java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(journal.resolve("checkpoint")));
    assertThat(source.find("tile/0/001").orElseThrow().content()).hasSize(256 * 32);
    assertThat(source.find("tile/0/002.p/88").orElseThrow().content()).hasSize(88 * 32);
    assertThat(source.find("tile/0/002.p/40").orElseThrow().content()).hasSize(40 * 32);
    assertThat(source.find("tile/1/000.p/2").orElseThrow().content()).hasSize(64);
    write(journal, 600, 800);
    assertThat(source.find("tile/0/002").orElseThrow().content()).hasSize(256 * 32);
    for (String wrong :
        List.of(
            "tile/0/003.p/33",
            "tile/0/003",
            "tile/00/000",
            "tile/0/0",
            "tile/0/x000/000",
            "tile/0/000.p/256",
            "tile/0/000.p/0",
            "tile/0/000.p/01",
            "tile/8/000",
            "tile/0/x999/x999/x999/x999/x999/999",
            "tile/0/../../journal.pub",
            "tile/entries/000",
            "journal.keys")) {
      assertThat(source.find(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void indicesAreNamedAsTheSpecificationSays() {
    assertThat(new TileName(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(TileName.parse("tile/3/x001/x234/067.p/9")).hasValue(new TileName(3, 1_234_067, 9));
  }
}
