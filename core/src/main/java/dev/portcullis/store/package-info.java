/**
 * The relational store (SQLite on one node) and its migrations. The only package besides {@code
 * journal} that may name {@code java.sql}.
 *
 * <p>Start reading at {@code Store}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.store;
