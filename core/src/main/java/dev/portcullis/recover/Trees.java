package dev.portcullis.recover;

import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Child;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whole directories. */
final class Trees {
  /**
   * What lies below a directory.
   *
   * @param files regular ones
   * @param bytes of them together
   */
  record Size(long files, long bytes) {}

  private Trees() {}

  /** Removes the file or directory with all below it, if it is there; follows no link. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** An empty directory for the owner alone, whatever was there. */
  static Path fresh(Path directory) throws IOException {
    delete(directory);
    return StateFiles.directory(directory);
  }

  /** Gives the tree another name; across file systems it is copied. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      copy(from, to);
      delete(from);
    }
    StateFiles.forceDirectory(to);
  }

  /** Copies with owners, modes, times, links and extended attributes. */
  static void copy(Path from, Path to) throws IOException {
    run(List.of("cp", "-a", "--reflink=auto", "-T", from.toString(), to.toString()));
  }

  /** Gives the tree to a user of the system. */
  static void give(Path tree, String user) throws IOException {
    run(List.of("chown", "-R", user, tree.toString()));
  }

  static Size size(Path tree) throws IOException {
    long[] sum = new long[2];
    try (var files = Files.walk(tree)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          sum[0]++;
          sum[1] += Files.size(file);
        }
      }
    }
    return new Size(sum[0], sum[1]);
  }

  private static void run(List<String> command) throws IOException {
    Child.Ended ended =
        new Child(command, Map.of(), Optional.empty(), Duration.ofMinutes(1))
            .run(out -> out.transferTo(OutputStream.nullOutputStream()), new Cancellation());
    if (ended.exit() != 0) {
      throw new IOException(ended.errors());
    }
  }
}
