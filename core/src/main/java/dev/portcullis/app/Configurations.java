package dev.portcullis.app;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.ConfigurationReader;
import dev.portcullis.obligation.RuleBook;
import java.nio.file.Path;

/** Reads configurations with all that a node knows about them. */
public final class Configurations {
  private Configurations() {}

  /**
   * The configuration in that file.
   *
   * @throws ConfigurationException with all problems at once
   */
  public static Configuration read(Path file) throws ConfigurationException {
    return reader().read(file);
  }

  /** The configuration and its warnings. */
  public static ConfigurationReader.Checked check(Path file) throws ConfigurationException {
    return reader().check(file);
  }

  /** A commented file to begin from. */
  public static String starter() {
    return ConfigurationReader.starter();
  }

  private static ConfigurationReader reader() {
    return new ConfigurationReader(RuleBook.load().ids());
  }
}
