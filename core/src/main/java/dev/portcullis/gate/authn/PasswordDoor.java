package dev.portcullis.gate.authn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.identity.AttemptThrottle;
import dev.portcullis.identity.Credentials;
import dev.portcullis.identity.Principal;
import dev.portcullis.identity.SourcePrefix;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords, verified off the event loops by a bounded number of threads. A right one is remembered
 * for a bounded time under an HMAC whose key dies with the process; wrong ones are throttled by
 * account and source. The throttle is asked before the memory, or the memory would answer guesses
 * at the speed of the event loop.
 */
final class PasswordDoor implements AutoCloseable {
  /** Passwords hashed at once; each takes 19 MiB and a core. */
  static final int THREADS = 4;

  /** Passwords waiting to be hashed; more are answered 503. */
  static final int QUEUE = 256;

  static final Duration REMEMBERED = Duration.ofMinutes(5);
  static final int MOST_REMEMBERED = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(PasswordDoor.class);
  private static final Duration BUSY_PAUSE = Duration.ofSeconds(2);

  private record Attempt(Digest password, String source) {}

  private record Verified(Principal principal, long revision) {}

  private final Credentials credentials;
  private final AttemptThrottle throttle;
  private final KeyedHash hash = KeyedHash.ephemeral();
  private final Cache<Digest, Verified> remembered;
  private final ThreadPoolExecutor executor;

  /** Verifications under way; no more than threads and queue hold. */
  private final Map<Attempt, CompletableFuture<Answer>> underWay = new ConcurrentHashMap<>();

  PasswordDoor(Credentials credentials, InstantSource clock, int threads, int queue) {
    this.credentials = credentials;
    this.throttle = new AttemptThrottle(clock);
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
            .build();
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name("password-", 1).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /** Never fails, never blocks. */
  CompletableFuture<Answer> check(String encoded, String source) {
    Optional<BasicCredentials> parsed = BasicCredentials.parse(encoded);
    if (parsed.isEmpty()) {
      return CompletableFuture.completedFuture(Answer.Refused.because("malformed-basic"));
    }
    BasicCredentials basic = parsed.get();
    var attempt = new Attempt(Digest.of(hash.hash(basic.together())), SourcePrefix.of(source));
    // a client that opens twenty connections at once makes one attempt, not twenty
    var joined = underWay.get(attempt);
    if (joined != null) {
      return joined;
    }
    Optional<Duration> pause = throttle.pause(basic.account(), source);
    if (pause.isPresent()) {
      return CompletableFuture.completedFuture(new Answer.Throttled(basic.account(), pause.get()));
    }
    Verified verified = remembered.getIfPresent(attempt.password());
    if (verified != null && verified.revision() == credentials.revision()) {
      return CompletableFuture.completedFuture(new Answer.Known(verified.principal()));
    }
    return begin(attempt, basic, source);
  }

  private CompletableFuture<Answer> begin(Attempt attempt, BasicCredentials basic, String source) {
    var answer = new CompletableFuture<Answer>();
    var joined = underWay.putIfAbsent(attempt, answer);
    if (joined != null) {
      return joined;
    }
    Optional<Duration> pause = throttle.begin(basic.account(), source);
    if (pause.isPresent()) {
      finish(attempt, answer, new Answer.Throttled(basic.account(), pause.get()));
      return answer;
    }
    try {
      executor.execute(() -> finish(attempt, answer, verify(attempt, basic, source)));
    } catch (RejectedExecutionException full) {
      throttle.abandoned(basic.account(), source);
      finish(attempt, answer, new Answer.Unavailable("authentication-busy", BUSY_PAUSE));
    }
    return answer;
  }

  private Answer verify(Attempt attempt, BasicCredentials basic, String source) {
    try {
      long revision = credentials.revision();
      Optional<Principal> principal =
          credentials.byPassword(basic.account(), basic.password().toCharArray());
      if (principal.isEmpty()) {
        return new Answer.Refused("bad-password", Optional.of(basic.account()));
      }
      remembered.put(attempt.password(), new Verified(principal.get(), revision));
      throttle.succeeded(basic.account(), source);
      return new Answer.Known(principal.get());
    } catch (RuntimeException | OutOfMemoryError e) {
      // whatever it was: a client waits for the answer, and others wait with it
      LOG.error("A stored password can't be verified: {}", e.toString());
      throttle.abandoned(basic.account(), source);
      return new Answer.Unavailable("authentication-error", BUSY_PAUSE);
    }
  }

  private void finish(Attempt attempt, CompletableFuture<Answer> answer, Answer result) {
    underWay.remove(attempt);
    answer.complete(result);
  }

  /** Whatever still waits is answered: the gate must not wait for ever. */
  @Override
  public void close() {
    executor.shutdownNow();
    underWay.forEach((attempt, answer) ->
        finish(attempt, answer, new Answer.Unavailable("shutting-down", BUSY_PAUSE)));
  }
}
