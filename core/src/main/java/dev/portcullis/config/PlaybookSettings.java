package dev.portcullis.config;

import java.util.List;
import java.util.Set;

/**
 * The ordered steps of a response.
 *
 * @param on names of detectors whose signals start it
 * @param steps in order
 */
public record PlaybookSettings(String name, Set<String> on, List<Step> steps) {

  /** One step. */
  public sealed interface Step {
    /** The step's name in YAML and in the timeline. */
    String name();

    /** An automatic order. YAML: {@code contain: credential}. */
    record Contain(Verb verb) implements Step {
      @Override
      public String name() {
        return "contain";
      }
    }

    /** Scope from the journal. YAML: {@code scope}. */
    record DetermineScope() implements Step {
      @Override
      public String name() {
        return "scope";
      }
    }

    /** Clocks of the obligations that apply. YAML: {@code obligations}. */
    record StartClocks() implements Step {
      @Override
      public String name() {
        return "obligations";
      }
    }

    /** Drafts, and sends where the configuration says so. YAML: {@code notify}. */
    record Notify() implements Step {
      @Override
      public String name() {
        return "notify";
      }
    }

    /**
     * The asset restored from before the incident. YAML: {@code restore: {asset: clinic-database,
     * live: true}}.
     */
    record Restore(String asset, boolean live) implements Step {
      @Override
      public String name() {
        return "restore";
      }
    }

    /** The post-mortem draft. YAML: {@code post-mortem}. */
    record DraftPostMortem() implements Step {
      @Override
      public String name() {
        return "post-mortem";
      }
    }
  }

  /**
   * What an automatic order does. YAML: {@code credential}, {@code account}, {@code source}, {@code
   * route}.
   */
  public enum Verb {
    CREDENTIAL,
    ACCOUNT,
    SOURCE,
    ROUTE
  }
}
