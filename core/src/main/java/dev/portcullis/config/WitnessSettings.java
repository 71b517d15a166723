package dev.portcullis.config;

import java.net.URI;

/**
 * A witness of the journal (C2SP tlog-witness).
 *
 * @param url submission prefix
 * @param vkey its verifier key, of type 0x04
 */
public record WitnessSettings(URI url, String vkey) {}
