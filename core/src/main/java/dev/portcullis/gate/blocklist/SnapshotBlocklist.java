package dev.portcullis.gate.blocklist;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The restrictions in force as an immutable snapshot behind one volatile reference: a reader takes
 * no lock, and a request that starts after {@link #replace} returns sees the new snapshot.
 */
public final class SnapshotBlocklist implements Blocklist {
  private volatile Snapshot snapshot = new Snapshot();

  @Override
  public void replace(Collection<Restriction> restrictions) {
    var next = new Snapshot();
    restrictions.forEach(next::add);
    snapshot = next;
  }

  @Override
  public Optional<Restriction> match(String source, String route, String method) {
    return snapshot.match(source, route, method);
  }

  @Override
  public Optional<Restriction> matchStranger(String route) {
    return Optional.ofNullable(snapshot.authenticated.get(route));
  }

  @Override
  public Optional<Restriction> match(String credential, String account) {
    Snapshot now = snapshot;
    Restriction revoked = now.credentials.get(credential);
    return Optional.ofNullable(revoked != null ? revoked : now.accounts.get(account));
  }

  /** Filled by one thread before it is published, then never changed. */
  private static final class Snapshot {
    private final Map<String, Restriction> credentials = new HashMap<>();
    private final Map<String, Restriction> accounts = new HashMap<>();
    private final Map<String, Restriction> sources = new HashMap<>();
    private final Map<String, Restriction> closed = new HashMap<>();
    private final Map<String, Restriction> authenticated = new HashMap<>();
    private final Map<String, Restriction> readOnly = new HashMap<>();
    private final PrefixTree networks4 = new PrefixTree();
    private final PrefixTree networks6 = new PrefixTree();

    void add(Restriction restriction) {
      switch (restriction.kind()) {
        case REVOKE_CREDENTIAL -> credentials.put(restriction.target(), restriction);
        case SUSPEND_ACCOUNT -> accounts.put(restriction.target(), restriction);
        case CLOSE_ROUTE -> closed.put(restriction.target(), restriction);
        case REQUIRE_AUTHENTICATION -> authenticated.put(restriction.target(), restriction);
        case READ_ONLY_ROUTE -> readOnly.put(restriction.target(), restriction);
        case BLOCK_SOURCE -> source(restriction);
      }
    }

    private void source(Restriction restriction) {
      String target = restriction.target().strip();
      int slash = target.indexOf('/');
      InetAddress address = literal(slash < 0 ? target : target.substring(0, slash));
      if (address == null) {
        sources.put(target, restriction);
      } else if (slash < 0) {
        sources.put(address.getHostAddress(), restriction);
      } else {
        byte[] octets = address.getAddress();
        int bits = bits(target.substring(slash + 1), 8 * octets.length);
        (octets.length == 4 ? networks4 : networks6).put(octets, bits, restriction);
      }
    }

    // Nobody may be left unblocked because of a typing error: the order's author validates, and
    // what still can't be read blocks the single address at least.
    private static int bits(String text, int most) {
      try {
        return Math.clamp(Integer.parseInt(text), 0, most);
      } catch (NumberFormatException notANumber) {
        return most;
      }
    }

    Optional<Restriction> match(String source, String route, String method) {
      Restriction found = sources.get(source);
      if (found == null) {
        found = network(source);
      }
      if (found == null) {
        found = closed.get(route);
      }
      if (found == null && !isSafe(method)) {
        found = readOnly.get(route);
      }
      return Optional.ofNullable(found);
    }

    private @Nullable Restriction network(String source) {
      if (networks4.isEmpty() && networks6.isEmpty()) {
        return null;
      }
      InetAddress address = literal(source);
      if (address == null) {
        return null;
      }
      byte[] octets = address.getAddress();
      return (octets.length == 4 ? networks4 : networks6).find(octets).orElse(null);
    }

    private static @Nullable InetAddress literal(String text) {
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException noAddress) {
        return null;
      }
    }

    private static boolean isSafe(String method) {
      return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }
  }
}
