package dev.portcullis.evidence;

import dev.portcullis.crypto.SigningKey;
import dev.portcullis.evidence.Exporter.Written;
import dev.portcullis.incident.Incident;
import dev.portcullis.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes evidence archives and keeps the register of custody. One export at a time; memory does not
 * grow with the number of exchanges. Blocks.
 */
public final class EvidenceDesk {
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_NAME = 200;

  private final EvidenceSources sources;
  private final EvidenceRegister register;
  private final EvidenceFiles files;
  private final InstantSource clock;
  private final ExportProgress progress = new ExportProgress();
  private final Exporter exporter;
  private final ReentrantLock exporting = new ReentrantLock();

  /**
   * Over these sources; owns none of them.
   *
   * @param signers the journal's keys: the one that signs its checkpoints signs manifests too, so
   *     that one public key, kept elsewhere, is enough to verify all of an archive
   * @param directory for archives that are asked for without a file
   */
  public EvidenceDesk(
      EvidenceSources sources,
      Store store,
      List<SigningKey> signers,
      Path directory,
      InstantSource clock) {
    this(sources, store, signers, new EvidenceFiles(directory, EvidenceFiles::create), clock);
  }

  EvidenceDesk(
      EvidenceSources sources,
      Store store,
      List<SigningKey> signers,
      EvidenceFiles files,
      InstantSource clock) {
    this.sources = sources;
    this.register = new EvidenceRegister(store);
    this.files = files;
    this.clock = clock;
    this.exporter = new Exporter(sources, signers, progress);
  }

  /**
   * Writes an archive, enters it in the register and in the incident's timeline. A record that the
   * journal's tree does not vouch for is exported and counted as unproven.
   *
   * @throws EvidenceException if it can't be written, or another is being written
   * @throws IllegalArgumentException if there is no such incident or no reason
   */
  public EvidenceExport export(EvidenceRequest asked) {
    Incident incident = incident(asked.incident());
    check("reason", asked.reason(), MAX_TEXT);
    check("collected-by", asked.collectedBy(), MAX_NAME);
    if (!exporting.tryLock()) {
      throw new EvidenceException("Another export is under way: wait until it is done");
    }
    try {
      return export(asked, incident);
    } finally {
      exporting.unlock();
    }
  }

  private EvidenceExport export(EvidenceRequest asked, Incident incident) {
    String id = register.nextId();
    Path target = files.target(asked, id);
    Path unfinished = files.unfinished(target);
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      Written written;
      try (var out = files.open(unfinished)) {
        written = exporter.write(asked, incident, id, at, register.of(incident.id()), out);
      }
      var export = export(asked, id, at, target, written);
      // first the register: an archive must never be about that it does not know
      register.add(export);
      publish(unfinished, target, export);
      note(export);
      return export;
    } catch (IOException e) {
      throw new EvidenceException(
          "The archive %s can't be written: %s; nothing of it was kept. Make room, or name a file on another disk"
              .formatted(target, e.getMessage()),
          e);
    } finally {
      forget(unfinished);
    }
  }

  private void publish(Path unfinished, Path target, EvidenceExport export) throws IOException {
    try {
      files.publish(unfinished, target);
    } catch (IOException e) {
      sources
          .incidents()
          .record(
              export.incident(),
              clock.instant(),
              export.requestedBy(),
              "evidence",
              "%s stands in the register but could not be put at %s: it does not exist"
                  .formatted(export.id(), target));
      throw e;
    }
  }

  private static EvidenceExport export(
      EvidenceRequest asked, String id, Instant at, Path target, Written written) {
    return new EvidenceExport(
        id,
        asked.incident(),
        at,
        asked.collectedBy(),
        asked.requestedBy(),
        asked.reason(),
        target.toString(),
        written.bytes(),
        written.sha256(),
        written.manifestSha256(),
        written.exchanges(),
        written.gaps(),
        written.unproven(),
        asked.withSubjects(),
        Exporter.TOOL);
  }

  private void note(EvidenceExport export) {
    sources
        .incidents()
        .record(
            export.incident(),
            clock.instant(),
            export.requestedBy(),
            "evidence",
            "Exported %d exchanges and %d gaps as %s for %s, data subjects %s%s: %s (SHA-256 %s)"
                .formatted(
                    export.exchanges(),
                    export.gaps(),
                    export.id(),
                    export.collectedBy(),
                    export.subjectsInClear() ? "IN CLEAR" : "as pseudonyms",
                    export.unproven() == 0 ? "" : ", " + export.unproven() + " records NOT PROVED",
                    export.reason(),
                    export.sha256()));
  }

  private static void forget(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // what is left is named as unfinished, and whoever made it hears of the first failure
    }
  }

  /** The register of custody of an incident, oldest first. */
  public List<EvidenceExport> list(String incident) {
    return register.of(incident(incident).id());
  }

  /** One export. */
  public Optional<EvidenceExport> find(String id) {
    return register.find(id);
  }

  /** How far the export under way is. */
  public ExportProgress progress() {
    return progress;
  }

  private Incident incident(String id) {
    return sources
        .incidents()
        .find(id)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no incident %s: portcullis incident list shows all".formatted(id)));
  }

  private static void check(String field, String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException(
          "%s has %d characters (expected: 1 to %d)".formatted(field, text.length(), most));
    }
  }
}
