package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies that restores leave behind, {@code <asset>-RST-<number>}, up to a number. */
final class Sandboxes {
  private record Numbered(Path file, long number) {}

  private Sandboxes() {}

  /** Removes the oldest of the asset's copies beside that one, until so many are left. */
  static void prune(Path example, String asset, int keep) throws IOException {
    var pattern = Pattern.compile(Pattern.quote(asset) + "-RST-([0-9]{1,18})(\\.db)?");
    var copies = new ArrayList<Numbered>();
    try (var files = Files.newDirectoryStream(example.resolveSibling(""))) {
      for (Path file : files) {
        Matcher name = pattern.matcher(file.getFileName().toString());
        if (name.matches()) {
          copies.add(new Numbered(file, Long.parseLong(name.group(1))));
        }
      }
    }
    copies.sort(Comparator.comparingLong(Numbered::number).reversed());
    for (int i = keep; i < copies.size(); i++) {
      Trees.delete(copies.get(i).file());
    }
  }
}
