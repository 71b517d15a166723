package dev.portcullis.evidence;

import dev.portcullis.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/** The register of custody; the store refuses to change or delete a line of it. */
final class EvidenceRegister {
  /** Exports that are listed, oldest first. */
  static final int MAX_LISTED = 1_000;

  private static final String PREFIX = "EVD-";

  private final Store store;

  EvidenceRegister(Store store) {
    this.store = store;
  }

  /** The id of the export that comes next. */
  String nextId() {
    return PREFIX
        + store
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM evidence_export")
                    .mapTo(Long.class)
                    .one());
  }

  void add(EvidenceExport export) {
    store
        .jdbi()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO evidence_export (number, incident, at, collected_by, requested_by,
                      reason, file, bytes, archive_sha256, manifest_sha256, exchanges, gaps,
                      unproven, subjects_in_clear, tool)
                    VALUES (:number, :incident, :at, :collected, :requested, :reason, :file, :bytes,
                      :archive, :manifest, :exchanges, :gaps, :unproven, :clear, :tool)
                    """)
                .bind("number", Long.parseLong(export.id().substring(PREFIX.length())))
                .bind("incident", export.incident())
                .bind("at", export.at().toEpochMilli())
                .bind("collected", export.collectedBy())
                .bind("requested", export.requestedBy())
                .bind("reason", export.reason())
                .bind("file", export.file())
                .bind("bytes", export.bytes())
                .bind("archive", export.sha256())
                .bind("manifest", export.manifestSha256())
                .bind("exchanges", export.exchanges())
                .bind("gaps", export.gaps())
                .bind("unproven", export.unproven())
                .bind("clear", export.subjectsInClear() ? 1 : 0)
                .bind("tool", export.tool())
                .execute());
  }

  List<EvidenceExport> of(String incident) {
    return store
        .jdbi()
        .withHandle(handle ->
            read(
                handle
                    .createQuery(
                        "SELECT * FROM evidence_export WHERE incident = :incident"
                            + " ORDER BY number LIMIT :limit")
                    .bind("incident", incident)
                    .bind("limit", MAX_LISTED)));
  }

  Optional<EvidenceExport> find(String id) {
    if (!id.matches(PREFIX + "[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(id.substring(PREFIX.length()));
    return store
        .jdbi()
        .withHandle(handle ->
            read(
                handle
                    .createQuery("SELECT * FROM evidence_export WHERE number = :number")
                    .bind("number", number)))
        .stream()
        .findFirst();
  }

  private static List<EvidenceExport> read(Query query) {
    return query.reduceRows(
        new ArrayList<EvidenceExport>(),
        (exports, row) -> {
          exports.add(export(row));
          return exports;
        });
  }

  private static EvidenceExport export(RowView row) {
    return new EvidenceExport(
        PREFIX + row.getColumn("number", Long.class),
        row.getColumn("incident", String.class),
        Instant.ofEpochMilli(row.getColumn("at", Long.class)),
        row.getColumn("collected_by", String.class),
        row.getColumn("requested_by", String.class),
        row.getColumn("reason", String.class),
        row.getColumn("file", String.class),
        row.getColumn("bytes", Long.class),
        row.getColumn("archive_sha256", String.class),
        row.getColumn("manifest_sha256", String.class),
        row.getColumn("exchanges", Long.class),
        row.getColumn("gaps", Long.class),
        row.getColumn("unproven", Long.class),
        row.getColumn("subjects_in_clear", Integer.class) != 0,
        row.getColumn("tool", String.class));
  }
}
