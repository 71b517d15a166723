package dev.portcullis.journal.vault;

import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Revealed;
import dev.portcullis.journal.SivPseudonyms;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a journal over whose pseudonyms one key could turn back. Each person in it gets a row with
 * the pseudonym it has, so that it is one person before and after; then the key is destroyed, so
 * that from here on the row is the only link. Repeatable until then.
 */
public final class SivAdoption {
  private static final Logger LOG = LoggerFactory.getLogger(SivAdoption.class);
  private static final String PURPOSE = "subjects";

  private SivAdoption() {}

  /** Does it where there is such a key. Before the journal takes its first append. */
  public static void run(Keyring keyring, Journal journal, SubjectVault vault) {
    if (!keyring.hasDeterministicCipher(PURPOSE)) {
      return;
    }
    LOG.info("The journal's pseudonyms are taken over into the vault: this reads it once");
    var old = new SivPseudonyms(keyring.deterministicCipher(PURPOSE));
    try (var reader = journal.read(0)) {
      while (reader.hasNext()) {
        Exchange exchange = reader.next().exchange();
        adopt(exchange.response().subjects(), old, vault);
        adopt(exchange.request().subjects(), old, vault);
        for (String segment : exchange.path().split("/", -1)) {
          if (segment.startsWith("~")) {
            adopt(List.of(new Pseudonym(segment.substring(1))), old, vault);
          }
        }
      }
    }
    vault.commit();
    keyring.destroyDeterministicCipher(PURPOSE);
    LOG.info("The old key of pseudonyms is destroyed: delete its copies in backups too");
  }

  private static void adopt(List<Pseudonym> subjects, Pseudonyms old, SubjectVault vault) {
    for (Pseudonym pseudonym : subjects) {
      if (old.reveal(pseudonym) instanceof Revealed.Known(String subject)) {
        vault.adopt(subject, pseudonym);
      }
    }
  }
}
