package dev.portcullis.rehearse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The scenarios that come with Portcullis, and those of the user. */
public final class Library {
  private Library() {}

  /** Names of the scenarios that come with it: the breaches by year, then the twins. */
  public static List<String> names() {
    return resource("index").lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** All that come with it. */
  public static List<Scenario> all() {
    return names().stream().map(Library::find).toList();
  }

  /**
   * One that comes with it, or the one in that file.
   *
   * @throws ScenarioException when there is none, or it is malformed
   */
  public static Scenario find(String nameOrFile) {
    if (names().contains(nameOrFile)) {
      String file = nameOrFile + ".yaml";
      return ScenarioReader.read(file, resource(file));
    }
    if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
      throw new ScenarioException(
          "There is no scenario '%s'. portcullis drill list names them; a file of your own ends in .yaml"
              .formatted(nameOrFile));
    }
    try (InputStream in = Files.newInputStream(Path.of(nameOrFile))) {
      byte[] bytes = in.readNBytes(4 * ScenarioReader.MAX_CHARACTERS);
      return ScenarioReader.read(nameOrFile, new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new ScenarioException("There is no file " + nameOrFile);
    } catch (IOException e) {
      throw new ScenarioException(nameOrFile + " can't be read: " + e.getMessage());
    }
  }

  private static String resource(String file) {
    try (InputStream in = Library.class.getResourceAsStream("scenarios/" + file)) {
      if (in == null) {
        throw new ScenarioException("The scenario " + file + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
