package dev.portcullis.scope;

import dev.portcullis.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps each determination as JSON, numbered per incident from 1. */
final class ScopeStore {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // Scopes kept by earlier versions lack later numbers.
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Scopes that are kept in memory. */
  private static final int RECENT = 4;

  private record Kept(long revision, Scope scope) {}

  private final Store store;

  private final Map<String, Kept> recent =
      new LinkedHashMap<>(RECENT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > RECENT;
        }
      };

  ScopeStore(Store store) {
    this.store = store;
  }

  void add(Scope scope) {
    String document = JSON.writeValueAsString(scope);
    store
        .jdbi()
        .useTransaction(handle ->
            handle
                .createUpdate(
                    "INSERT INTO scope_determination"
                        + " (incident, revision, computed_at, journal_end, document)"
                        + " SELECT :incident, COALESCE(MAX(revision), 0) + 1, :at, :end, :document"
                        + " FROM scope_determination WHERE incident = :incident")
                .bind("incident", scope.incident())
                .bind("at", scope.computedAt().toEpochMilli())
                .bind("end", scope.journalEnd())
                .bind("document", document)
                .execute());
  }

  /** The last one; read again only when there is a newer, since pages ask every second. */
  Optional<Scope> last(String incident) {
    Optional<Long> revision = revision(incident);
    synchronized (recent) {
      Kept kept = recent.get(incident);
      if (kept != null && revision.filter(each -> each == kept.revision).isPresent()) {
        return Optional.of(kept.scope);
      }
    }
    Optional<Scope> read = read(incident);
    synchronized (recent) {
      read.ifPresent(scope -> recent.put(incident, new Kept(revision.orElse(0L), scope)));
    }
    return read;
  }

  private Optional<Long> revision(String incident) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT MAX(revision) FROM scope_determination WHERE incident = :incident")
                .bind("incident", incident)
                .mapTo(Long.class)
                .findOne());
  }

  private Optional<Scope> read(String incident) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT document FROM scope_determination WHERE incident = :incident"
                        + " ORDER BY revision DESC LIMIT 1")
                .bind("incident", incident)
                .mapTo(String.class)
                .findOne())
        .map(ScopeStore::parse);
  }

  List<Scope> newest(String incident, int limit) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT document FROM scope_determination WHERE incident = :incident"
                        + " ORDER BY revision DESC LIMIT :limit")
                .bind("incident", incident)
                .bind("limit", limit)
                .mapTo(String.class)
                .list())
        .stream()
        .map(ScopeStore::parse)
        .toList();
  }

  private static Scope parse(String document) {
    return JSON.readValue(document, Scope.class);
  }
}
