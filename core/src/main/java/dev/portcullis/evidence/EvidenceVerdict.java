package dev.portcullis.evidence;

/** What a verification found. */
public sealed interface EvidenceVerdict {
  /** For people. */
  String text();

  /**
   * All of it is as it was exported, and every record is in the journal whose checkpoint is in it.
   *
   * @param key that signed it
   * @param keyIsOwn whether the key came with the archive: then it proves nothing about who made it
   */
  record Genuine(
      String evidenceId,
      String incident,
      String collectedBy,
      String key,
      boolean keyIsOwn,
      int files,
      long exchanges,
      long gaps,
      long checkpointSize)
      implements EvidenceVerdict {
    @Override
    public String text() {
      String own =
          keyIsOwn
              ? "%nThat key came with the archive: compare it with the copy that you hold, or pass that with --key."
                  .formatted()
              : "";
      return "Genuine: %s of %s, collected by %s; %d files, %d exchanges and %d gaps, each proved to be in the journal of %d records.%nSigned by %s%s"
          .formatted(
              evidenceId, incident, collectedBy, files, exchanges, gaps, checkpointSize, key, own);
    }
  }

  /**
   * Something is wrong.
   *
   * @param item the first that is wrong: a file, and in it a record
   * @param why what was found, and what was expected
   */
  record Wrong(String item, String why) implements EvidenceVerdict {
    @Override
    public String text() {
      return "WRONG: %s: %s".formatted(item, why);
    }
  }
}
