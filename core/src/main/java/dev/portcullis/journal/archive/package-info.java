/**
 * Sealed segments as Parquet, read and written by DuckDB: {@code docs/archive-format.md}. Knows
 * exchanges and SQL, and nothing of segments, trees and keys; those are the enclosing package's.
 *
 * <p>Start reading at {@code ArchiveStore}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.journal.archive;
