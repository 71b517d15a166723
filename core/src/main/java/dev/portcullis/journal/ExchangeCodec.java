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
  private static final int VERSION = 1;
  private static final int ROUTE = 1;
  private static final int CREDENTIAL = 1 << 1;
  private static final int ACCOUNT = 1 << 2;
  private static final int CLAIMED = 1 << 3;
  private static final int OUTCOME_SHIFT = 4;
  private static final int OBSERVATION_SHIFT = 6;
  private static final int FORWARDED = 0;
  private static final int REFUSED = 1;
  private static final int FAILED = 2;
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
    out.put(VERSION);
    out.put(
        flag(exchange.route(), ROUTE)
            | flag(exchange.credential(), CREDENTIAL)
            | flag(exchange.account(), ACCOUNT)
            | flag(exchange.claimed(), CLAIMED)
            | (outcomeCode(exchange.outcome()) << OUTCOME_SHIFT)
            | (OBSERVATIONS.indexOf(exchange.observation()) << OBSERVATION_SHIFT));
    out.putSigned(MicroTime.micros(exchange.at()));
    out.putSigned(MicroTime.micros(exchange.duration()));
    exchange.route().ifPresent(out::putString);
    exchange.credential().ifPresent(out::putString);
    exchange.account().ifPresent(out::putString);
    exchange.claimed().ifPresent(out::putString);
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
    out.putVarint(exchange.subjects().size());
    for (Pseudonym subject : exchange.subjects()) {
      PseudonymCodec.encode(subject, out);
    }
    PathCodec.encode(exchange.path(), exchange.subjects(), out);
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
    out.putVarint(exchange.dataClasses().size());
    exchange.dataClasses().forEach(out::putString);
  }

  /**
   * The exchange in those bytes.
   *
   * @throws JournalException and nothing else, if they aren't one
   */
  static Exchange decode(byte[] bytes, int from, int length) {
    var in = new ByteSource(bytes, from, length);
    int version = in.get();
    if (version != VERSION) {
      throw new JournalException(
          "An exchange of version %d (expected: %d): a newer Portcullis wrote it"
              .formatted(version, VERSION));
    }
    int flags = in.get();
    var at = MicroTime.instant(in.getSigned());
    var duration = MicroTime.duration(in.getSigned());
    var route = optional(in, flags, ROUTE);
    var credential = optional(in, flags, CREDENTIAL);
    var account = optional(in, flags, ACCOUNT);
    var claimed = optional(in, flags, CLAIMED);
    int kinds = in.get();
    String source = source(in, kinds >> SOURCE_SHIFT);
    String method = method(in, kinds & 0xF);
    int subjectCount = in.getCount();
    var subjects = new ArrayList<Pseudonym>(subjectCount);
    for (int i = 0; i < subjectCount; i++) {
      subjects.add(PseudonymCodec.decode(in));
    }
    String path = PathCodec.decode(in, subjects);
    int status = in.getSignedInt();
    long requestBytes = in.getSigned();
    long responseBytes = in.getSigned();
    var outcome = outcome(in, (flags >> OUTCOME_SHIFT) & 3);
    var findings = findings(in);
    var dataClasses = dataClasses(in);
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
        method,
        path,
        status,
        requestBytes,
        responseBytes,
        outcome,
        findings,
        dataClasses,
        List.copyOf(subjects),
        OBSERVATIONS.get((flags >> OBSERVATION_SHIFT) & 3));
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
        e.method(),
        e.path(),
        e.status(),
        e.requestBytes(),
        e.responseBytes(),
        e.outcome(),
        e.findings(),
        e.dataClasses(),
        e.subjects(),
        e.observation());
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
