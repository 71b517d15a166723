package dev.portcullis.respond;

import dev.portcullis.gate.blocklist.Blocklist;
import dev.portcullis.gate.blocklist.Restriction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The restrictions in force, one after the other. */
class ListedBlocklist implements Blocklist {
  private volatile List<Restriction> inForce = List.of();

  @Override
  public void replace(Collection<Restriction> restrictions) {
    inForce = List.copyOf(restrictions);
  }

  @Override
  public Optional<Restriction> match(String source, String route, String method) {
    return find(restriction ->
        switch (restriction.kind()) {
          case BLOCK_SOURCE ->
              AddressRange.parse(restriction.target()).orElseThrow().contains(source);
          case CLOSE_ROUTE -> restriction.target().equals(route);
          case READ_ONLY_ROUTE -> restriction.target().equals(route) && !method.equals("GET");
          case REVOKE_CREDENTIAL, SUSPEND_ACCOUNT, REQUIRE_AUTHENTICATION -> false;
        });
  }

  @Override
  public Optional<Restriction> matchStranger(String route) {
    return find(restriction ->
        restriction.kind() == Restriction.Kind.REQUIRE_AUTHENTICATION
            && restriction.target().equals(route));
  }

  @Override
  public Optional<Restriction> match(String credential, String account) {
    return find(restriction ->
        switch (restriction.kind()) {
          case REVOKE_CREDENTIAL -> restriction.target().equals(credential);
          case SUSPEND_ACCOUNT -> restriction.target().equals(account);
          case BLOCK_SOURCE, CLOSE_ROUTE, REQUIRE_AUTHENTICATION, READ_ONLY_ROUTE -> false;
        });
  }

  private Optional<Restriction> find(java.util.function.Predicate<Restriction> matches) {
    Stream<Restriction> all = inForce.stream();
    return all.filter(matches).findFirst();
  }
}
