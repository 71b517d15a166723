package dev.portcullis.gate;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.DataSettings;
import dev.portcullis.config.Endpoint;
import dev.portcullis.config.GateLimits;
import dev.portcullis.config.InspectionMode;
import dev.portcullis.config.RecordingSettings;
import dev.portcullis.config.RecordingSettings.Release;
import dev.portcullis.config.RecordingSettings.WhenFull;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.config.TlsSettings;
import dev.portcullis.config.UpstreamSettings;
import dev.portcullis.gate.blocklist.SnapshotBlocklist;
import dev.portcullis.gate.propose.Samples;
import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.identity.Principal;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Revealed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A gate on a free port with one upstream behind it, everything real but the neighbours' parts. */
final class TestGate implements AutoCloseable {
  static final RecordingSettings FLUSH =
      new RecordingSettings(Release.FLUSH_INTERVAL, WhenFull.REFUSE);
  static final String KEY = "X-Api-Key: good";

  final TestUpstream upstream = new TestUpstream();
  final MemoryJournal journal = new MemoryJournal(new TestPseudonyms());
  final SnapshotBlocklist blocklist = new SnapshotBlocklist();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final Samples samples = new Samples();
  final GateServer server;

  private TestGate(Builder builder) throws IOException {
    var upstreams = new ArrayList<UpstreamSettings>();
    upstreams.add(
        new UpstreamSettings(
            "api",
            builder.upstreamUrl.orElse(upstream.url()),
            Duration.ofSeconds(20),
            builder.responseTimeout,
            builder.connections));
    server =
        new GateServer(
            new GateParts(
                List.of(new GateListener("public", new Endpoint("127.0.0.1", 0), builder.tls)),
                upstreams,
                builder.routes,
                builder.limits,
                new KeyControl(),
                new PassControl(),
                new TestInspection(),
                blocklist,
                journal,
                meters,
                InstantSource.system(),
                builder.authorities,
                samples));
    server.start();
  }

  static TestGate start(RouteSettings... routes) throws IOException {
    return new Builder().routes(routes).start();
  }

  InetSocketAddress address() {
    return server.address("public");
  }

  RawHttp client() throws IOException {
    return new RawHttp(address());
  }

  /** The exchange recorded after that many others. */
  Exchange exchange(int number) throws InterruptedException {
    if (!journal.awaitBeyond(number, Duration.ofSeconds(60))) {
      throw new AssertionError("exchange " + number + " was never recorded");
    }
    return journal.exchanges().get(number);
  }

  Exchange exchange() throws InterruptedException {
    return exchange(0);
  }

  @Override
  public void close() throws IOException {
    journal.goOn();
    server.stop(Duration.ZERO);
    journal.close();
    upstream.close();
  }

  /** What differs from the usual. */
  static final class Builder {
    private List<RouteSettings> routes = List.of(route("all", "/**"));
    private GateLimits limits = GateLimits.DEFAULT;
    private Duration responseTimeout = Duration.ofSeconds(60);
    private Optional<TlsSettings.Files> tls = Optional.empty();
    private int connections = 64;
    private Optional<URI> upstreamUrl = Optional.empty();
    private Optional<Path> authorities = Optional.empty();

    Builder routes(RouteSettings... some) {
      routes = List.of(some);
      return this;
    }

    Builder limits(GateLimits some) {
      limits = some;
      return this;
    }

    Builder responseTimeout(Duration some) {
      responseTimeout = some;
      return this;
    }

    Builder tls(TlsSettings.Files files) {
      tls = Optional.of(files);
      return this;
    }

    Builder connections(int some) {
      connections = some;
      return this;
    }

    Builder deadUpstream() {
      upstreamUrl = Optional.of(URI.create("http://127.0.0.1:1"));
      return this;
    }

    Builder upstream(URI url, Optional<Path> trusted) {
      upstreamUrl = Optional.of(url);
      authorities = trusted;
      return this;
    }

    TestGate start() throws IOException {
      return new TestGate(this);
    }
  }

  /** An anonymous route that allows GET, POST and PUT. */
  static RouteSettings route(String name, String path) {
    return new RouteSettings(
        name,
        path,
        "api",
        Map.of("GET", Set.of(), "POST", Set.of(), "PUT", Set.of(), "HEAD", Set.of()),
        Set.of(),
        Optional.empty(),
        1 << 20,
        InspectionMode.OBSERVE,
        FLUSH,
        DataSettings.NONE);
  }

  static RouteSettings guarded(RouteSettings route, Map<String, Set<String>> methods) {
    return new RouteSettings(
        route.name(),
        route.path(),
        route.upstream(),
        methods,
        Set.of(CredentialKind.API_KEY),
        route.limit(),
        route.bodyLimit(),
        route.inspection(),
        route.recording(),
        route.data());
  }

  static RouteSettings with(RouteSettings route, RecordingSettings recording) {
    return new RouteSettings(
        route.name(),
        route.path(),
        route.upstream(),
        route.methods(),
        route.authentication(),
        route.limit(),
        route.bodyLimit(),
        route.inspection(),
        recording,
        route.data());
  }

  static RouteSettings with(RouteSettings route, DataSettings data) {
    return new RouteSettings(
        route.name(),
        route.path(),
        route.upstream(),
        route.methods(),
        route.authentication(),
        route.limit(),
        route.bodyLimit(),
        route.inspection(),
        route.recording(),
        data);
  }

  static RouteSettings with(RouteSettings route, InspectionMode mode, long bodyLimit) {
    return new RouteSettings(
        route.name(),
        route.path(),
        route.upstream(),
        route.methods(),
        route.authentication(),
        route.limit(),
        bodyLimit,
        mode,
        route.recording(),
        route.data());
  }

  /** Knows one key; answers from another thread when the key begins with {@code slow-}. */
  private static final class KeyControl implements Control {
    @Override
    public String name() {
      return "authentication";
    }

    @Override
    public Decision decide(GateRequest request) {
      if (request.route().authentication().isEmpty()) {
        return Decision.PASS;
      }
      String key = request.head().header("X-Api-Key").orElse("");
      return key.startsWith("slow-")
          ? new Decision.Later(
              CompletableFuture.supplyAsync(() -> check(request, key.substring(5))))
          : check(request, key);
    }

    private static Decision check(GateRequest request, String key) {
      if (!key.equals("good")) {
        return new Decision.Refuse(
            Refusal.of("authentication", "unknown-key", 401, "Unauthorized"));
      }
      request.authenticated(
          new Principal("key-1", "alice", CredentialKind.API_KEY, Set.of("read")));
      return Decision.PASS;
    }
  }

  private static final class PassControl implements Control {
    @Override
    public String name() {
      return "rate-limit";
    }

    @Override
    public Decision decide(GateRequest request) {
      request.responseHeaders().put("RateLimit", "\"credential\";r=9;t=6");
      return Decision.PASS;
    }
  }

  /** Takes the word {@code attack} for one. */
  private static final class TestInspection implements Inspection {
    @Override
    public List<Finding> head(RequestHead head) {
      var found = new ArrayList<Finding>();
      String target = (head.path() + " " + head.query()).toLowerCase(Locale.ROOT);
      if (target.contains("attack")) {
        found.add(new Finding("T1", "test-attack", "path"));
      }
      head.forEachHeader((name, value) -> {
        if (value.contains("attack")) {
          found.add(new Finding("T1", "test-attack", "header:" + name));
        }
      });
      return found;
    }

    @Override
    public List<Finding> body(String contentType, byte[] body) {
      return new String(body, StandardCharsets.UTF_8).contains("attack")
          ? List.of(new Finding("T1", "test-attack", "body"))
          : List.of();
    }
  }

  /** Reversible and not secret. */
  private static final class TestPseudonyms implements Pseudonyms {
    @Override
    public Pseudonym of(String subject) {
      return new Pseudonym(
          java.util.Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(("of:" + subject).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Revealed reveal(Pseudonym pseudonym) {
      return new Revealed.Known(
          new String(
                  java.util.Base64.getUrlDecoder().decode(pseudonym.value()),
                  StandardCharsets.UTF_8)
              .substring(3));
    }
  }

  static Pseudonym pseudonym(String subject) {
    return new TestPseudonyms().of(subject);
  }
}
