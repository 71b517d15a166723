package dev.portcullis.gate;

import dev.portcullis.gate.wire.Head;
import dev.portcullis.journal.Client;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a connection tells of its client besides the address. Kept from request to request, because
 * a client that says the same again, as nearly all do, is to cost nothing. Owned by one event loop.
 */
public final class ClientTraits {
  private static final int NOT_SENT = -1;
  private static final int HASH_BYTES = 6;

  private final Supplier<Optional<String>> fingerprint;
  private byte[] agent = {};
  private Client last = Client.UNKNOWN;

  /**
   * Of a new connection.
   *
   * @param fingerprint of its TLS handshake; asked when a request has come, after the handshake
   */
  public ClientTraits(Supplier<Optional<String>> fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** The client, as one request with that head and session shows it. */
  Client of(Head head, Optional<String> session) {
    int field = head.find("user-agent");
    boolean same =
        field == NOT_SENT
            ? last.userAgent().isEmpty()
            : last.userAgent().isPresent() && head.isValue(field, agent);
    if (same && last.session().equals(session) && last.fingerprint().equals(fingerprint.get())) {
      return last;
    }
    Optional<String> userAgent = last.userAgent();
    if (!same) {
      agent = field == NOT_SENT ? new byte[0] : head.octets(field);
      userAgent = field == NOT_SENT ? Optional.empty() : Optional.of(hash(agent));
    }
    last = new Client(fingerprint.get(), userAgent, session);
    return last;
  }

  private static String hash(byte[] octets) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
