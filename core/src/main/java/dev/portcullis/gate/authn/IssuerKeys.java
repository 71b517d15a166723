package dev.portcullis.gate.authn;

import dev.portcullis.config.TokenIssuerSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One issuer and its keys, kept fresh. Through an outage the last good set stays in force; an
 * unknown key in a token asks for a refresh, but not more often than {@link #BETWEEN_ASKED}, or any
 * client could make us hammer the issuer.
 */
final class IssuerKeys {
  /** Least time between two refreshes that tokens asked for. */
  static final Duration BETWEEN_ASKED = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  private final TokenIssuerSettings settings;
  private final KeyDocuments documents;
  private final InstantSource clock;
  private volatile KeySet current = KeySet.NONE;
  private CompletableFuture<KeySet> running = CompletableFuture.completedFuture(KeySet.NONE);
  private Instant lastAsked = Instant.MIN;

  IssuerKeys(TokenIssuerSettings settings, KeyDocuments documents, InstantSource clock) {
    KeyDocuments.require(settings.keys());
    if (settings.algorithms().isEmpty()
        || !VerificationKey.SAFE_ALGORITHMS.containsAll(settings.algorithms())) {
      throw new IllegalArgumentException(
          "Algorithms %s of issuer %s (expected: some of %s)"
              .formatted(
                  settings.algorithms().stream().sorted().toList(),
                  settings.issuer(),
                  VerificationKey.SAFE_ALGORITHMS.stream().sorted().toList()));
    }
    this.settings = settings;
    this.documents = documents;
    this.clock = clock;
  }

  TokenIssuerSettings settings() {
    return settings;
  }

  /** The keys in force; the same as long as the issuer publishes the same. */
  KeySet current() {
    return current;
  }

  /** Reads the keys again; nobody waits for it. */
  void refreshInBackground() {
    var _ = refresh();
  }

  /** Reads the keys again on a thread of its own, one at a time; never fails. */
  synchronized CompletableFuture<KeySet> refresh() {
    if (running.isDone()) {
      var started = new CompletableFuture<KeySet>();
      running = started;
      Thread.ofVirtual()
          .name("keys-of-" + settings.issuer())
          .start(() -> {
            try {
              load();
            } finally {
              started.complete(current);
            }
          });
    }
    return running;
  }

  /** For a token whose key is unknown: the refresh under way or a new one; empty: too soon. */
  synchronized Optional<CompletableFuture<KeySet>> refreshForUnknownKey() {
    if (!running.isDone()) {
      return Optional.of(running);
    }
    Instant now = clock.instant();
    if (!lastAsked.equals(Instant.MIN) && now.isBefore(lastAsked.plus(BETWEEN_ASKED))) {
      return Optional.empty();
    }
    lastAsked = now;
    return Optional.of(refresh());
  }

  private void load() {
    try {
      KeySet next = KeySet.parse(documents.read(settings.keys()), settings.algorithms());
      if (!next.isSameDocument(current)) {
        current = next;
        LOG.info("Keys of issuer {} are in force: {}", settings.issuer(), next.counts());
        next.ignored().forEach(why -> LOG.warn("Issuer {}: not used: {}", settings.issuer(), why));
      }
    } catch (IOException e) {
      LOG.warn(
          "Keys of issuer {} can't be read from {} ({}); {} stay in force",
          settings.issuer(),
          settings.keys(),
          e.getMessage(),
          current.counts());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
