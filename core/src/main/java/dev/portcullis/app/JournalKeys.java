package dev.portcullis.app;

import dev.portcullis.config.Configuration;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.KeyRotator;
import dev.portcullis.journal.SivPseudonyms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The keys that sign a node's journal. */
public final class JournalKeys {
  /** In the node's keyring. */
  static final String PURPOSE = "journal";

  private JournalKeys() {}

  /** What the journal's checkpoints begin with. */
  static String origin(Configuration configuration) {
    return "portcullis/" + configuration.node().name();
  }

  /**
   * Makes a new key and hands the journal of a node that does not run over to it.
   *
   * @throws dev.portcullis.journal.JournalException if the node runs, has no journal, or its
   *     journal is damaged
   */
  public static KeyRotator.Rotated rotate(Configuration configuration, InstantSource clock) {
    Path state = configuration.node().state();
    Path journal = state.resolve("journal");
    if (!Files.isDirectory(journal)) {
      throw new IllegalArgumentException(
          "There is no journal in " + state + " yet: start the node first (portcullis up)");
    }
    var keyring = Keyring.open(state.resolve("keys"));
    return new KeyRotator(
            journal,
            configuration.journal(),
            origin(configuration),
            new SivPseudonyms(keyring.deterministicCipher("subjects")),
            clock)
        .rotate(keyring.signingKeys(PURPOSE), () -> keyring.newSigningKey(PURPOSE));
  }
}
