package dev.portcullis.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom a verifier believes beside the journal's own key.
 *
 * @param witnesses verifier keys of witnesses (C2SP tlog-cosignature, type 0x04)
 * @param authorities PEM file of certificates that a time-stamping authority's must lead to;
 *     without it a timestamp proves only that whoever made it has the key of the certificate in it
 */
public record Attestors(List<String> witnesses, Optional<Path> authorities) {
  /** Nobody. */
  public static final Attestors NONE = new Attestors(List.of(), Optional.empty());

  /** With a copy of the list. */
  public Attestors {
    witnesses = List.copyOf(witnesses);
  }
}
