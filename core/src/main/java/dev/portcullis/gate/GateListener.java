package dev.portcullis.gate;

import dev.portcullis.config.Endpoint;
import dev.portcullis.config.TlsSettings;
import java.util.Optional;

/**
 * A listener whose certificate is at hand.
 *
 * @param tls the files to use; also for a self-signed certificate, once it is made
 */
public record GateListener(String name, Endpoint address, Optional<TlsSettings.Files> tls) {}
