package dev.portcullis.gate.authn;

import static dev.portcullis.gate.testing.Requests.decide;
import static dev.portcullis.gate.testing.Requests.refusal;
import static dev.portcullis.gate.testing.Requests.request;
import static dev.portcullis.gate.testing.Requests.route;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.gate.Control.Decision;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.identity.Credential;
import dev.portcullis.identity.Credentials;
import dev.portcullis.identity.Principal;
import dev.portcullis.identity.StoredCredentials;
import dev.portcullis.identity.testing.HandMovedClock;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordAuthenticationTest {
  private static final RouteSettings PASSWORDS = route(CredentialKind.PASSWORD);
  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";

  /** The real ones; counts the expensive calls and can hold them up. */
  private static final class Observed implements Credentials {
    private final Credentials real;
    private final AtomicInteger hashed = new AtomicInteger();
    private volatile CountDownLatch open = new CountDownLatch(0);

    Observed(Credentials real) {
      this.real = real;
    }

    @Override
    public IssuedKey issueApiKey(String account, Optional<Instant> expiresAt) {
      return real.issueApiKey(account, expiresAt);
    }

    @Override
    public Credential setPassword(String account, char[] password) {
      return real.setPassword(account, password);
    }

    @Override
    public List<Credential> list() {
      return real.list();
    }

    @Override
    public KeyAnswer checkApiKey(String presented) {
      return real.checkApiKey(presented);
    }

    @Override
    public Optional<Principal> byPassword(String account, char[] password) {
      hashed.incrementAndGet();
      try {
        assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return real.byPassword(account, password);
    }

    @Override
    public long revision() {
      return real.revision();
    }
  }

  private final HandMovedClock clock = new HandMovedClock();
  @TempDir Path directory;
  private Store store;
  private Observed credentials;
  private AuthenticationControl control;

  @BeforeEach
  void open() {
    store = Store.open(directory);
    credentials =
        new Observed(
            new StoredCredentials(
                List.of(
                    new AccountSettings("alice", Set.of("patients:read"), false),
                    new AccountSettings("bob", Set.of(), false)),
                store.jdbi(),
                Keyring.open(directory.resolve("keys")).keyedHash("api-keys"),
                clock));
    credentials.setPassword("alice", "pässword: with:colons ✓".toCharArray());
    control = control(PasswordDoor.THREADS, PasswordDoor.QUEUE);
  }

  @AfterEach
  void close() {
    control.close();
    store.close();
  }

  private AuthenticationControl control(int threads, int queue) {
    return new AuthenticationControl(
        credentials,
        new PasswordDoor(credentials, clock, threads, queue),
        new TokenDoor(
            List.of(), Set.of(), clock, KeyDocuments.overTheNetwork(), KeyedHash.ephemeral()));
  }

  private static GateRequest basic(String source, byte[] userAndPassword) {
    return request(
        PASSWORDS,
        source,
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(userAndPassword));
  }

  private static GateRequest basic(String source, String account, String password) {
    return basic(source, (account + ":" + password).getBytes(UTF_8));
  }

  private static GateRequest right(String source) {
    return basic(source, "alice", "pässword: with:colons ✓");
  }

  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(refusal(control, basic(HERE, "alice", "guess " + i)).reason())
          .isEqualTo("bad-password");
    }
  }

  @Test
  void aPasswordInUtf8WithColonsIsVerifiedOffTheEventLoop() {
    var request = right(HERE);
    Decision decision = control.decide(request);
    assertThat(decision).isInstanceOf(Decision.Later.class);
    Decision late = ((Decision.Later) decision).decision().toCompletableFuture().join();
    assertThat(late).isEqualTo(Decision.PASS);
    assertThat(request.principal())
        .contains(
            new Principal(
                "password-alice", "alice", CredentialKind.PASSWORD, Set.of("patients:read")));
  }

  @Test
  void aWrongPasswordAndAnUnknownAccountLookTheSame() {
    var wrong = basic(HERE, "alice", "wrong password");
    var unknown = basic(HERE, "nobody", "wrong password");
    assertThat(refusal(control, wrong)).isEqualTo(refusal(control, unknown));
    assertThat(refusal(control, wrong).headers())
        .containsEntry("WWW-Authenticate", "Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(wrong.claimed()).contains("alice");
    assertThat(unknown.claimed()).contains("nobody");
    assertThat(refusal(control, basic(HERE, "bob", "bob has no password")).reason())
        .isEqualTo("bad-password");
  }

  @Test
  void whatIsNoBasicCredentialIsRefusedUnhashed() {
    for (byte[] text :
        List.of(
            "no colon".getBytes(UTF_8),
            ":no account".getBytes(UTF_8),
            "alice:line\nbreak".getBytes(UTF_8),
            "ali\0ce:password".getBytes(UTF_8),
            "alice:pässword: with:colons".getBytes(ISO_8859_1),
            ("a".repeat(200) + ":password").getBytes(UTF_8),
            ("alice:" + "p".repeat(9000)).getBytes(UTF_8))) {
      assertThat(refusal(control, basic(HERE, text)).reason()).isEqualTo("malformed-basic");
    }
    assertThat(refusal(control, request(PASSWORDS, HERE, "Authorization", "Basic !!!")).reason())
        .isEqualTo("malformed-basic");
    assertThat(credentials.hashed).hasValue(0);
  }

  @Test
  void aRightPasswordIsHashedOncePerFiveMinutesAndAWrongOneEachTime() {
    decide(control, right(HERE));
    for (int i = 0; i < 10; i++) {
      assertThat(control.decide(right(HERE))).isEqualTo(Decision.PASS);
      assertThat(control.decide(right(ELSEWHERE))).isEqualTo(Decision.PASS);
    }
    assertThat(credentials.hashed).hasValue(1);
    clock.advance(PasswordDoor.REMEMBERED);
    decide(control, right(HERE));
    assertThat(credentials.hashed).hasValue(2);
    guess(2);
    assertThat(credentials.hashed).hasValue(4);
  }

  @Test
  void aChangedPasswordIsNotRemembered() {
    decide(control, right(HERE));
    credentials.setPassword("alice", "another password".toCharArray());
    assertThat(refusal(control, right(HERE)).reason()).isEqualTo("bad-password");
  }

  @Test
  void guessesAreThrottledEvenAgainstARememberedPasswordAndTheOwnerComesInFromElsewhere() {
    decide(control, right(ELSEWHERE));
    guess(5);
    int before = credentials.hashed.get();
    for (var late : List.of(basic(HERE, "alice", "guess 6"), right(HERE))) {
      var refusal = refusal(control, late);
      assertThat(refusal.status()).isEqualTo(429);
      assertThat(refusal.reason()).isEqualTo("throttled");
      assertThat(refusal.headers()).containsEntry("Retry-After", "1");
      assertThat(late.claimed()).contains("alice");
    }
    assertThat(credentials.hashed).hasValue(before);
    assertThat(decide(control, right(ELSEWHERE))).isEqualTo(Decision.PASS);
    clock.advance(Duration.ofSeconds(1));
    assertThat(decide(control, right(HERE))).isEqualTo(Decision.PASS);
  }

  @Test
  void manyGuessesAtOnceAreNoCheaperThanOneAfterTheOther() {
    credentials.open = new CountDownLatch(1);
    var decisions = new ArrayList<Decision>();
    for (int i = 0; i < 40; i++) {
      decisions.add(control.decide(basic(HERE, "alice", "guess " + i)));
    }
    credentials.open.countDown();
    assertThat(decisions.stream().filter(Decision.Later.class::isInstance)).hasSize(5);
    assertThat(decisions.stream().filter(Decision.Refuse.class::isInstance)).hasSize(35);
  }

  @Test
  void aClientThatOpensManyConnectionsAtOnceIsHashedOnce() {
    credentials.open = new CountDownLatch(1);
    var decisions = new ArrayList<Decision.Later>();
    for (int i = 0; i < 40; i++) {
      decisions.add((Decision.Later) control.decide(right(HERE)));
    }
    credentials.open.countDown();
    assertThat(decisions)
        .allSatisfy(later ->
            assertThat(later.decision().toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(Decision.PASS));
    assertThat(credentials.hashed).hasValue(1);
  }

  @Test
  void whenTooManyWaitTheNextIsToldToComeBackAndNotCountedAsAFailure() {
    control.close();
    control = control(1, 1);
    credentials.open = new CountDownLatch(1);
    control.decide(basic("192.0.2.11", "alice", "guess 1"));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> credentials.hashed.get() == 1);
    control.decide(basic("192.0.2.12", "alice", "guess 2"));
    for (int i = 0; i < 10; i++) {
      var refusal = refusal(control, right(HERE));
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.reason()).isEqualTo("authentication-busy");
      assertThat(refusal.headers()).containsKey("Retry-After");
    }
    credentials.open.countDown();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> decide(control, right(HERE)).equals(Decision.PASS));
  }
}
