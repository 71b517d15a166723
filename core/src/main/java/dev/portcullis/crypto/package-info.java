/**
 * Keys, keyed hashes, pseudonyms, signatures, certificates: the only package that names the
 * cryptographic libraries.
 *
 * <p>Start reading at {@code Keyring}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.crypto;
