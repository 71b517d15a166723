package dev.portcullis.evidence;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Gap;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalRecord;
import dev.portcullis.journal.ProofCheck;
import dev.portcullis.journal.SignedTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks lines of records: bytes against leaf hash, leaf hash against the tree, words against
 * bytes.
 */
final class RecordCheck {
  private final String file;
  private final SignedTree tree;
  private long line;
  private long leaf = -1;

  RecordCheck(String file, SignedTree tree) {
    this.file = file;
    this.tree = tree;
  }

  /** Checks all lines; returns how many there are. */
  long all(InputStream in) throws WrongItemException, IOException {
    try (var lines = EvidenceJson.mapper().readerFor(JsonNode.class).<JsonNode>readValues(in)) {
      while (lines.hasNextValue()) {
        JsonNode node = lines.nextValue();
        line++;
        check(node);
      }
      return line;
    } catch (JacksonException e) {
      line++;
      throw wrong("", "it is not JSON: " + e.getOriginalMessage());
    }
  }

  private void check(JsonNode node) throws WrongItemException {
    String name = node.has("sequence") ? ", exchange " + node.path("sequence").asString() : "";
    byte[] bytes = base64(node.path("record"), name, "record");
    long at = node.path("leaf").asLong(-1);
    var record =
        new JournalRecord(
            at,
            node.has("sequence")
                ? OptionalLong.of(node.path("sequence").asLong())
                : OptionalLong.empty(),
            bytes);
    byte[] leafHash = record.leafHash();
    if (!Arrays.equals(leafHash, base64(node.path("leaf_hash"), name, "leaf_hash"))) {
      throw wrong(name, "the record does not have its leaf hash: one of them was altered");
    }
    if (at <= leaf) {
      throw wrong(
          name, "its leaf is %d (expected: more than %d, the one before)".formatted(at, leaf));
    }
    leaf = at;
    var path = new ArrayList<byte[]>();
    for (JsonNode hash : node.path("inclusion_proof")) {
      path.add(base64(hash, name, "inclusion_proof"));
    }
    if (!ProofCheck.inclusion(leafHash, at, tree.size(), path, tree.rootHash())) {
      throw wrong(
          name,
          "its proof does not lead to the checkpoint's root: the journal does not vouch for this record");
    }
    reading(node, record, name);
  }

  // Whoever reads the archive reads the words: they must say what the bytes say.
  private void reading(JsonNode node, JournalRecord record, String name) throws WrongItemException {
    try {
      Optional<Exchange> exchange = record.exchange();
      Optional<Gap> gap = record.gap();
      boolean same =
          exchange
              .map(each -> EvidenceJson.asRead(Activity.of(each)).equals(node.path("activity")))
              .or(() ->
                  gap.map(each -> EvidenceJson.asRead(Activity.of(each)).equals(node.path("gap"))))
              .orElse(false);
      if (!same) {
        throw wrong(name, "what is said of the record is not what its bytes say");
      }
    } catch (JournalException unreadable) {
      throw wrong(name, "the record can't be read: " + unreadable.getMessage());
    }
  }

  private byte[] base64(JsonNode node, String name, String field) throws WrongItemException {
    Optional<String> text = node.stringValueOpt();
    if (text.isEmpty()) {
      throw wrong(name, "it has no " + field + ": it was not proved when it was exported");
    }
    try {
      return Base64.getDecoder().decode(text.get());
    } catch (IllegalArgumentException malformed) {
      throw wrong(name, field + " is not base64");
    }
  }

  private WrongItemException wrong(String name, String why) {
    return new WrongItemException("%s, line %d%s".formatted(file, line, name), why);
  }
}
