/**
 * Accounts and their credentials: API keys, passwords, tokens. Used by the gate and the console
 * alike. May depend on {@code config}, {@code crypto}, {@code store}.
 *
 * <p>Start reading at {@code Credentials}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.identity;
