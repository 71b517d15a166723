package dev.portcullis.gate.blocklist;

import java.util.Collection;
import java.util.Optional;

/**
 * The restrictions in force: an immutable snapshot, swapped as a whole. A request that starts after
 * {@link #replace} returns sees the new one.
 */
public interface Blocklist {
  /** Puts exactly these in force. */
  void replace(Collection<Restriction> restrictions);

  /** Before authentication: by source and route. */
  Optional<Restriction> match(String source, String route, String method);

  /** After authentication, of a request without a credential: by route. */
  Optional<Restriction> matchStranger(String route);

  /** After authentication: by credential and account. */
  Optional<Restriction> match(String credential, String account);
}
