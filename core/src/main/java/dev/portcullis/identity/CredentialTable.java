package dev.portcullis.identity;

import dev.portcullis.config.CredentialKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;

/** Credentials at rest. */
final class CredentialTable {
  private static final String COLUMNS = "id, account, kind, hash, created_at, expires_at";

  private final Jdbi jdbi;

  CredentialTable(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** One row; the hash is a keyed hash in hexadecimal or an encoded Argon2id hash. */
  record Row(Credential credential, String hash) {
    @Override
    public String toString() {
      return "Row[" + credential.id() + "]";
    }
  }

  List<Row> all() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select " + COLUMNS + " from credential order by created_at, id")
            .map(CredentialTable::row)
            .list());
  }

  void insert(Row row) {
    write(row, "");
  }

  /** Inserts, or replaces the credential of that id. */
  void replace(Row row) {
    write(
        row,
        " on conflict (id) do update set hash = excluded.hash,"
            + " created_at = excluded.created_at, expires_at = excluded.expires_at");
  }

  private void write(Row row, String onConflict) {
    var credential = row.credential();
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "insert into credential ("
                    + COLUMNS
                    + ") values (:id, :account, :kind, :hash, :createdAt, :expiresAt)"
                    + onConflict)
            .bind("id", credential.id())
            .bind("account", credential.account())
            .bind("kind", credential.kind() == CredentialKind.API_KEY ? "api-key" : "password")
            .bind("hash", row.hash())
            .bind("createdAt", credential.createdAt().toEpochMilli())
            .bind("expiresAt", credential.expiresAt().map(Instant::toEpochMilli))
            .execute());
  }

  private static Row row(RowView row) {
    return new Row(
        new Credential(
            row.getColumn("id", String.class),
            row.getColumn("account", String.class),
            row.getColumn("kind", String.class).equals("api-key")
                ? CredentialKind.API_KEY
                : CredentialKind.PASSWORD,
            Instant.ofEpochMilli(row.getColumn("created_at", Long.class)),
            Optional.ofNullable(row.getColumn("expires_at", Long.class))
                .map(Instant::ofEpochMilli)),
        row.getColumn("hash", String.class));
  }
}
