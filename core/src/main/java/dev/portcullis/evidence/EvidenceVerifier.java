package dev.portcullis.evidence;

import dev.portcullis.crypto.SigningKey;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.SignedTree;
import dev.portcullis.journal.TrustedKeys;
import dev.portcullis.journal.VerifierKey;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Verifies an archive from the file and a public key alone, and names the first wrong item. */
public final class EvidenceVerifier {
  private static final int MAX_SMALL = 16 << 20;

  private EvidenceVerifier() {}

  /**
   * Verifies it: signature, every file's hash, every record's leaf hash and proof, and that what is
   * said of a record is what it says.
   *
   * @param vkey the journal's public key, kept elsewhere; empty: the one in the archive
   * @throws EvidenceException if the file can't be read at all
   * @throws JournalException if the key is none
   */
  public static EvidenceVerdict verify(Path file, Optional<String> vkey) {
    vkey.ifPresent(VerifierKey::parse);
    try (var archive = new ArchiveReader(file)) {
      return verify(archive, vkey);
    } catch (WrongItemException wrong) {
      return wrong.verdict();
    } catch (ZipException | EOFException notAnArchive) {
      return new EvidenceVerdict.Wrong(file.toString(), "it can't be unpacked: " + notAnArchive);
    } catch (IOException e) {
      throw new EvidenceException(file + " can't be read: " + e, e);
    }
  }

  private static EvidenceVerdict verify(ArchiveReader archive, Optional<String> given)
      throws WrongItemException, IOException {
    Set<String> names = archive.names();
    TrustedKeys keys = keys(archive, names, given);
    VerifierKey key = keys.last();
    JsonNode manifest = manifest(archive, key);
    List<ArchiveItem> items = items(manifest);
    checkNames(names, items);
    for (ArchiveItem item : items) {
      archive.check(item);
    }
    String note = archive.text(Archive.CHECKPOINT, MAX_SMALL);
    SignedTree tree =
        SignedTree.open(note, keys)
            .orElseThrow(() ->
                new WrongItemException(
                    Archive.CHECKPOINT, "it is not signed by the key of " + key.name()));
    long exchanges = records(archive, Archive.EXCHANGES, tree);
    long gaps = records(archive, Archive.GAPS, tree);
    JsonNode custody = json(archive, Archive.CUSTODY);
    return new EvidenceVerdict.Genuine(
        manifest.path("evidence_id").asString(""),
        manifest.path("incident").asString(""),
        custody.path("collection").path("digital_evidence_first_responder").asString(""),
        key.toString(),
        given.isEmpty(),
        items.size(),
        exchanges,
        gaps,
        tree.size());
  }

  private static TrustedKeys keys(ArchiveReader archive, Set<String> names, Optional<String> given)
      throws WrongItemException, IOException {
    String item = given.isPresent() ? Archive.KEYS : Archive.KEY;
    try {
      String rotations = names.contains(Archive.KEYS) ? archive.text(Archive.KEYS, MAX_SMALL) : "";
      return TrustedKeys.of(
          given.isPresent() ? given.get() : archive.text(Archive.KEY, MAX_SMALL), rotations);
    } catch (JournalException notAKey) {
      throw new WrongItemException(item, String.valueOf(notAKey.getMessage()));
    }
  }

  private static JsonNode manifest(ArchiveReader archive, VerifierKey key)
      throws WrongItemException, IOException {
    byte[] manifest = archive.bytes(Archive.MANIFEST, MAX_SMALL);
    byte[] signature = archive.bytes(Archive.SIGNATURE, MAX_SMALL);
    if (!SigningKey.verify(key.publicKey(), manifest, signature)) {
      throw new WrongItemException(
          Archive.MANIFEST,
          "it is not signed by the key of %s: it, its signature or the key is another's or was altered"
              .formatted(key.name()));
    }
    JsonNode read = json(archive, Archive.MANIFEST);
    String format = read.path("format").asString("");
    if (!format.equals(Archive.FORMAT)) {
      throw new WrongItemException(
          Archive.MANIFEST, "its format is '%s' (expected: %s)".formatted(format, Archive.FORMAT));
    }
    return read;
  }

  private static JsonNode json(ArchiveReader archive, String name)
      throws WrongItemException, IOException {
    try {
      return EvidenceJson.mapper().readTree(archive.bytes(name, MAX_SMALL));
    } catch (JacksonException e) {
      throw new WrongItemException(name, "it is not JSON: " + e.getOriginalMessage());
    }
  }

  private static List<ArchiveItem> items(JsonNode manifest) {
    var items = new ArrayList<ArchiveItem>();
    for (JsonNode each : manifest.path("files")) {
      items.add(
          new ArchiveItem(
              each.path("name").asString(""),
              each.path("bytes").asLong(0),
              each.path("sha256").asString(""),
              each.path("description").asString("")));
    }
    return items;
  }

  private static void checkNames(Set<String> names, List<ArchiveItem> items)
      throws WrongItemException {
    var unknown = new HashSet<String>(names);
    items.forEach(item -> unknown.remove(item.name()));
    ArchiveReader.unlisted().forEach(unknown::remove);
    Optional<String> first = unknown.stream().sorted().findFirst();
    if (first.isPresent()) {
      throw new WrongItemException(
          first.get(), "it is in the archive and not in the manifest: it was added later");
    }
  }

  private static long records(ArchiveReader archive, String name, SignedTree tree)
      throws WrongItemException, IOException {
    try (var in = archive.open(name)) {
      return new RecordCheck(name, tree).all(in);
    }
  }
}
