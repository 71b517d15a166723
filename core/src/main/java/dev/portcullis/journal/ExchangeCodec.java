package dev.portcullis.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An exchange as bytes and back: {@code docs/journal-format.md}, "Exchange". Times are rounded down
 * to microseconds; unpaired surrogates become question marks.
 */
final class ExchangeCodec {
  private static final int VERSION = 2;
  private static final int OLDEST_VERSION = 1;
  private static final int ROUTE = 1;
  private static final int CREDENTIAL = 1 << 1;
  private static final int ACCOUNT = 1 << 2;
  private static final int CLAIMED = 1 << 3;
  private static final int OUTCOME_SHIFT = 4;
  private static final int OBSERVATION_SHIFT = 6;
  private static final int FORWARDED = 0;
  private static final int REFUSED = 1;
  private static final int FAILED = 2;

  /** Of the second byte of flags, beside those of {@link ClientCodec}. */
  private static final int REQUEST = 1 << 3;

  private static final int RECORDS = 1 << 4;
  private static final int UNOBSERVED = 1 << 5;

  private static final int LITERAL = 0;
  private static final int IPV4 = 1;
  private static final int SOURCE_SHIFT = 4;

  /** Position is the code; never reorder. */
  private static final List<Observation> OBSERVATIONS =
      List.of(
          Observation.NOT_EXPECTED,
          Observation.COMPLETE,
          Observation.PARTIAL,
          Observation.UNREADABLE);

  /** Position + 1 is the code; never reorder, append only. */
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private ExchangeCodec() {}

  /** Throws {@link ArithmeticException} if a time is out of the format's range. */
  static void encode(Exchange exchange, ByteSink out) {
    encode(exchange, out, VERSION);
  }

  /** In that version; what an older one can't hold is left out. */
  static void encode(Exchange exchange, ByteSink out, int version) {
    boolean oldest = version == OLDEST_VERSION;
    out.put(version);
    out.put(
        flag(exchange.route(), ROUTE)
            | flag(exchange.credential(), CREDENTIAL)
            | flag(exchange.account(), ACCOUNT)
            | flag(exchange.claimed(), CLAIMED)
            | (outcomeCode(exchange.outcome()) << OUTCOME_SHIFT)
            | (OBSERVATIONS.indexOf(exchange.observation()) << OBSERVATION_SHIFT));
    Carried response = exchange.response();
    Carried request = exchange.request();
    boolean wrote = !oldest && !request.equals(Carried.NOTHING);
    if (!oldest) {
      out.put(
          ClientCodec.flags(exchange.client())
              | (wrote ? REQUEST : 0)
              | (response.records() == response.subjects().size() ? 0 : RECORDS)
              | (response.unobserved() == 0 ? 0 : UNOBSERVED));
    }
    out.putSigned(MicroTime.micros(exchange.at()));
    out.putSigned(MicroTime.micros(exchange.duration()));
    exchange.route().ifPresent(out::putString);
    exchange.credential().ifPresent(out::putString);
    exchange.account().ifPresent(out::putString);
    exchange.claimed().ifPresent(out::putString);
    if (!oldest) {
      ClientCodec.encode(exchange.client(), out);
    }
    int method = METHODS.indexOf(exchange.method()) + 1;
    long ipv4 = Ipv4Text.parse(exchange.source());
    out.put((ipv4 >= 0 ? IPV4 << SOURCE_SHIFT : LITERAL) | method);
    if (ipv4 >= 0) {
      out.putInt((int) ipv4);
    } else {
      out.putString(exchange.source());
    }
    if (method == LITERAL) {
      out.putString(exchange.method());
    }
    subjects(response, out);
    if (wrote) {
      subjects(request, out);
    }
    PathCodec.encode(exchange.path(), named(response, request), out);
    out.putSigned(exchange.status());
    out.putSigned(exchange.requestBytes());
    out.putSigned(exchange.responseBytes());
    switch (exchange.outcome()) {
      case Outcome.Forwarded() -> {}
      case Outcome.Refused(String control, String reason) -> {
        out.putString(control);
        out.putString(reason);
      }
      case Outcome.Failed(String reason) -> out.putString(reason);
    }
    out.putVarint(exchange.findings().size());
    for (Finding finding : exchange.findings()) {
      out.putString(finding.rule());
      out.putString(finding.category());
      out.putString(finding.location());
    }
    dataClasses(response, out);
    if (oldest) {
      return;
    }
    if (response.records() != response.subjects().size()) {
      out.putSigned(response.records());
    }
    if (response.unobserved() != 0) {
      out.putSigned(response.unobserved());
    }
    if (wrote) {
      dataClasses(request, out);
      out.putSigned(request.records());
      out.putSigned(request.unobserved());
      out.put(OBSERVATIONS.indexOf(request.observation()));
    }
  }

  private static void subjects(Carried carried, ByteSink out) {
    out.putVarint(carried.subjects().size());
    for (Pseudonym subject : carried.subjects()) {
      PseudonymCodec.encode(subject, out);
    }
  }

  private static void dataClasses(Carried carried, ByteSink out) {
    out.putVarint(carried.dataClasses().size());
    carried.dataClasses().forEach(out::putString);
  }

  /** Those that a path can refer to. */
  private static List<Pseudonym> named(Carried response, Carried request) {
    if (request.subjects().isEmpty()) {
      return response.subjects();
    }
    var named = new ArrayList<>(response.subjects());
    named.addAll(request.subjects());
    return named;
  }

  /**
   * The exchange in those bytes.
   *
   * @throws JournalException and nothing else, if they aren't one
   */
  static Exchange decode(byte[] bytes, int from, int length) {
    var in = new ByteSource(bytes, from, length);
    int version = in.get();
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new JournalException(
          "An exchange of version %d (expected: %d to %d): a newer Portcullis wrote it"
              .formatted(version, OLDEST_VERSION, VERSION));
    }
    int flags = in.get();
    int more = version == OLDEST_VERSION ? 0 : in.get();
    var at = MicroTime.instant(in.getSigned());
    var duration = MicroTime.duration(in.getSigned());
    var route = optional(in, flags, ROUTE);
    var credential = optional(in, flags, CREDENTIAL);
    var account = optional(in, flags, ACCOUNT);
    var claimed = optional(in, flags, CLAIMED);
    var client = ClientCodec.decode(in, more);
    int kinds = in.get();
    String source = source(in, kinds >> SOURCE_SHIFT);
    String method = method(in, kinds & 0xF);
    List<Pseudonym> subjects = subjects(in);
    boolean wrote = (more & REQUEST) != 0;
    List<Pseudonym> written = wrote ? subjects(in) : List.of();
    var named = subjects;
    if (!written.isEmpty()) {
      named = new ArrayList<>(subjects);
      named.addAll(written);
    }
    String path = PathCodec.decode(in, named);
    int status = in.getSignedInt();
    long requestBytes = in.getSigned();
    long responseBytes = in.getSigned();
    var outcome = outcome(in, (flags >> OUTCOME_SHIFT) & 3);
    var findings = findings(in);
    var dataClasses = dataClasses(in);
    long records = (more & RECORDS) == 0 ? subjects.size() : in.getSigned();
    long unobserved = (more & UNOBSERVED) == 0 ? 0 : in.getSigned();
    var observation = OBSERVATIONS.get((flags >> OBSERVATION_SHIFT) & 3);
    var response = new Carried(dataClasses, subjects, records, observation, unobserved);
    var request = wrote ? request(in, written) : Carried.NOTHING;
    if (in.remaining() != 0) {
      throw new JournalException(in.remaining() + " bytes after the exchange (expected: none)");
    }
    return new Exchange(
        at,
        duration,
        route,
        credential,
        account,
        claimed,
        source,
        client,
        method,
        path,
        status,
        requestBytes,
        responseBytes,
        outcome,
        findings,
        response,
        request);
  }

  private static List<Pseudonym> subjects(ByteSource in) {
    int count = in.getCount();
    var subjects = new ArrayList<Pseudonym>(count);
    for (int i = 0; i < count; i++) {
      subjects.add(PseudonymCodec.decode(in));
    }
    return List.copyOf(subjects);
  }

  private static Carried request(ByteSource in, List<Pseudonym> subjects) {
    var dataClasses = dataClasses(in);
    long records = in.getSigned();
    long unobserved = in.getSigned();
    int observation = in.get();
    if (observation >= OBSERVATIONS.size()) {
      throw new JournalException("The observation " + observation + " (expected: 0 to 3)");
    }
    return new Carried(dataClasses, subjects, records, OBSERVATIONS.get(observation), unobserved);
  }

  /** As it will read back: its times in whole microseconds. */
  static Exchange asRecorded(Exchange e) {
    if (MicroTime.isWhole(e)) {
      return e;
    }
    return new Exchange(
        MicroTime.instant(MicroTime.micros(e.at())),
        MicroTime.duration(MicroTime.micros(e.duration())),
        e.route(),
        e.credential(),
        e.account(),
        e.claimed(),
        e.source(),
        e.client(),
        e.method(),
        e.path(),
        e.status(),
        e.requestBytes(),
        e.responseBytes(),
        e.outcome(),
        e.findings(),
        e.response(),
        e.request());
  }

  private static int flag(Optional<String> value, int bit) {
    return value.isPresent() ? bit : 0;
  }

  private static int outcomeCode(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Forwarded _ -> FORWARDED;
      case Outcome.Refused _ -> REFUSED;
      case Outcome.Failed _ -> FAILED;
    };
  }

  private static Optional<String> optional(ByteSource in, int flags, int bit) {
    return (flags & bit) == 0 ? Optional.empty() : Optional.of(in.getString());
  }

  private static String source(ByteSource in, int kind) {
    return switch (kind) {
      case LITERAL -> in.getString();
      case IPV4 -> Ipv4Text.format(in.getInt());
      default -> throw new JournalException("A source of kind " + kind + " (expected: 0 or 1)");
    };
  }

  private static String method(ByteSource in, int code) {
    if (code > METHODS.size()) {
      throw new JournalException("The method " + code + " (expected: 0 to " + METHODS.size() + ")");
    }
    return code == LITERAL ? in.getString() : METHODS.get(code - 1);
  }

  private static Outcome outcome(ByteSource in, int code) {
    return switch (code) {
      case FORWARDED -> new Outcome.Forwarded();
      case REFUSED -> new Outcome.Refused(in.getString(), in.getString());
      case FAILED -> new Outcome.Failed(in.getString());
      default -> throw new JournalException("The outcome " + code + " (expected: 0 to 2)");
    };
  }

  private static List<Finding> findings(ByteSource in) {
    int count = in.getCount();
    var findings = new ArrayList<Finding>(count);
    for (int i = 0; i < count; i++) {
      findings.add(new Finding(in.getString(), in.getString(), in.getString()));
    }
    return List.copyOf(findings);
  }

  private static Set<String> dataClasses(ByteSource in) {
    int count = in.getCount();
    if (count == 0) {
      return Set.of();
    }
    var classes = new LinkedHashSet<String>();
    for (int i = 0; i < count; i++) {
      classes.add(in.getString());
    }
    return Collections.unmodifiableSet(classes);
  }
}
