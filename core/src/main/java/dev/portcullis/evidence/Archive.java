package dev.portcullis.evidence;

/** Names in an archive, and what it is called inside. */
final class Archive {
  static final String FORMAT = "portcullis-evidence/1";
  static final String INSTRUCTION = "VERIFY.md";
  static final String EXCHANGES = "exchanges.ndjson";
  static final String GAPS = "gaps.ndjson";
  static final String SUBJECTS = "subjects.ndjson";
  static final String CHECKPOINT = "checkpoint";
  static final String KEY = "journal.pub";
  static final String KEYS = "journal.keys";
  static final String PEM = "journal.pem";
  static final String CUSTODY = "chain-of-custody.json";
  static final String SUMS = "SHA256SUMS";
  static final String MANIFEST = "manifest.json";
  static final String SIGNATURE = "manifest.json.sig";

  private Archive() {}
}
