package dev.portcullis.api;

import dev.portcullis.journal.ArchiveReport;
import dev.portcullis.journal.RetentionReport;
import java.time.Duration;
import java.util.List;

/** Keeping the journal's older part. */
final class JournalResource {
  private final Facades facades;

  JournalResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "POST", "/api/v1/journal/archive", "archives sealed segments", (r, p) -> archive()),
        new Endpoint(
            "GET",
            "/api/v1/journal/retention",
            "what retention would remove",
            (r, p) -> retain(true)),
        new Endpoint(
            "POST",
            "/api/v1/journal/retention",
            "removes what has outlived its period",
            (r, p) -> retain(false)));
  }

  private ArchiveReport archive() {
    return facades.keeper().archive(Duration.ZERO);
  }

  private RetentionReport retain(boolean preview) {
    return facades.keeper().retain(preview);
  }
}
