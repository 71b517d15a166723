package dev.portcullis.gate.authn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.config.TokenIssuerSettings;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.gate.authn.TokenVerifier.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Access tokens. A verified one is remembered until it expires or its issuer's keys change, under
 * its SHA-256, so that its signature is not verified anew for each request.
 */
final class TokenDoor implements AutoCloseable {
  static final int MOST_REMEMBERED = 10_000;
  static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(5);

  private static final Duration KEYS_PAUSE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final TokenVerifier verifier;
  private final Cache<Digest, Verdict.Good> remembered =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
  private final ScheduledExecutorService refreshing;

  TokenDoor(
      List<TokenIssuerSettings> settings,
      Set<String> accounts,
      InstantSource clock,
      KeyDocuments documents,
      KeyedHash sessions) {
    this.clock = clock;
    List<IssuerKeys> issuers =
        settings.stream().map(issuer -> new IssuerKeys(issuer, documents, clock)).toList();
    this.verifier = new TokenVerifier(issuers, accounts, new Sessions(sessions));
    this.refreshing =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("token-keys").factory());
    issuers.forEach(IssuerKeys::refreshInBackground);
    if (!issuers.isEmpty()) {
      long period = BETWEEN_REFRESHES.toSeconds();
      var _ = // it never fails, and close() ends it
          refreshing.scheduleAtFixedRate(
              () -> issuers.forEach(IssuerKeys::refreshInBackground),
              period,
              period,
              TimeUnit.SECONDS);
    }
  }

  /** Never fails, never blocks. */
  CompletableFuture<Answer> check(String token) {
    if (token.length() > TokenText.MAX_LENGTH) {
      return CompletableFuture.completedFuture(Answer.Refused.because("oversized-token"));
    }
    Digest digest = Digest.sha256(token);
    Instant now = clock.instant();
    Verdict.Good good = remembered.getIfPresent(digest);
    if (good != null) {
      if (now.isBefore(good.until()) && good.issuer().current().isSameDocument(good.keys())) {
        return CompletableFuture.completedFuture(new Answer.Known(good.principal()));
      }
      remembered.invalidate(digest);
    }
    Verdict verdict = verifier.verify(token, now);
    if (verdict instanceof Verdict.UnknownKey unknown) {
      var refresh = unknown.issuer().refreshForUnknownKey();
      if (refresh.isPresent()) {
        return refresh
            .get()
            .thenApply(_ -> conclude(digest, verifier.verify(token, clock.instant())));
      }
    }
    return CompletableFuture.completedFuture(conclude(digest, verdict));
  }

  private Answer conclude(Digest digest, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Good good -> {
        remembered.put(digest, good);
        yield new Answer.Known(good.principal());
      }
      case Verdict.Bad bad -> new Answer.Refused(bad.reason(), bad.account());
      case Verdict.UnknownKey unknown ->
          unknown.issuer().current().document().isEmpty()
              ? new Answer.Unavailable("issuer-keys-unavailable", KEYS_PAUSE)
              : Answer.Refused.because("unknown-token-key");
    };
  }

  @Override
  public void close() {
    refreshing.shutdownNow();
  }
}
