package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows uses near the breach in two readings of the journal: the first learns when each began,
 * the second counts those that began, or went on, after the first hostile exchange. Two, because
 * only the end of the first tells when the breach began.
 */
final class Sightings {
  private static final class Use {
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private long answered;
    private long refused;
    private long answeredAfter;
    private final Set<Pseudonym> subjects = new HashSet<>();

    void see(Exchange exchange) {
      first = first.isBefore(exchange.at()) ? first : exchange.at();
      last = last.isAfter(exchange.at()) ? last : exchange.at();
      if (exchange.outcome() instanceof Outcome.Refused) {
        refused++;
      } else {
        answered++;
      }
    }
  }

  private final Criteria criteria;
  private final ScopeLimits limits;
  private final Map<Sighting, Use> uses = new HashMap<>();
  private long beyondLimit;
  private long subjectsHeld;
  private boolean subjectsExceeded;

  Sightings(Criteria criteria, ScopeLimits limits) {
    this.criteria = criteria;
    this.limits = limits;
  }

  /** First reading: one exchange that is not hostile. */
  void see(Exchange exchange) {
    Optional<Sighting> sighting = Sighting.of(exchange, criteria);
    if (sighting.isEmpty()) {
      return;
    }
    Use use = uses.get(sighting.get());
    if (use == null) {
      if (uses.size() == limits.sightings()) {
        beyondLimit++;
        return;
      }
      use = new Use();
      uses.put(sighting.get(), use);
    }
    use.see(exchange);
  }

  /** Whether a second reading would tell anything. */
  boolean needsCounting(Instant breach) {
    return uses.entrySet().stream()
        .anyMatch(each -> isOpen(each.getKey(), each.getValue(), breach));
  }

  private static boolean isOpen(Sighting sighting, Use use, Instant breach) {
    return use.answered > 0
        && switch (sighting) {
          case Sighting.Elsewhere _ -> !use.first.isBefore(breach);
          case Sighting.Pivot _ -> !use.last.isBefore(breach);
        };
  }

  /** Second reading: one exchange that is not hostile. */
  void count(Exchange exchange, Instant breach) {
    if (exchange.at().isBefore(breach) || exchange.outcome() instanceof Outcome.Refused) {
      return;
    }
    Optional<Sighting> sighting = Sighting.of(exchange, criteria);
    Use use = sighting.map(uses::get).orElse(null);
    if (sighting.isEmpty() || use == null || !isOpen(sighting.get(), use, breach)) {
      return;
    }
    use.answeredAfter++;
    for (Pseudonym subject : exchange.subjects()) {
      if (subjectsHeld < limits.otherSubjects()) {
        subjectsHeld += use.subjects.add(subject) ? 1 : 0;
      } else {
        subjectsExceeded |= !use.subjects.contains(subject);
      }
    }
  }

  /** Uses left out with a good reason, in words. */
  List<String> excluded(Instant breach) {
    var lines = new ArrayList<String>();
    for (Map.Entry<Sighting, Use> each : largestFirst()) {
      Use use = each.getValue();
      if (isOpen(each.getKey(), use, breach)) {
        continue;
      }
      switch (each.getKey()) {
        case Sighting.Elsewhere(String credential, String source) when use.first.isBefore(breach) ->
            lines.add(
                ("Credential %s was used from source %s before the breach began (first at %s):"
                        + " the owner's ordinary use, not counted: %d exchanges in all")
                    .formatted(credential, source, use.first, use.answered + use.refused));
        case Sighting.Elsewhere(String credential, String source) ->
            lines.add(
                "Credential %s was tried from source %s after the breach began: %d exchanges, all refused"
                    .formatted(credential, source, use.refused));
        case Sighting.Pivot(Optional<String> credential, String source)
            when use.last.isBefore(breach) ->
            lines.add(
                "Source %s was used %s before the breach began and not after: %d exchanges, not counted"
                    .formatted(source, with(credential), use.answered + use.refused));
        case Sighting.Pivot(Optional<String> credential, String source) ->
            lines.add(
                "Source %s also tried %s: %d exchanges, all refused"
                    .formatted(source, with(credential), use.refused));
      }
    }
    return shortened(lines, "uses that were left out");
  }

  /** Uses that may belong to the breach, in words. */
  List<String> open(Instant breach) {
    var lines = new ArrayList<String>();
    String atLeast = subjectsExceeded ? "at least " : "";
    for (Map.Entry<Sighting, Use> each : largestFirst()) {
      Use use = each.getValue();
      if (!isOpen(each.getKey(), use, breach)) {
        continue;
      }
      String counted =
          "%d exchanges, %s%d data subjects, not counted; decide whether they belong"
              .formatted(use.answeredAfter, atLeast, use.subjects.size());
      lines.add(
          switch (each.getKey()) {
            case Sighting.Elsewhere(String credential, String source) ->
                "Credential %s was also used from source %s, first seen at %s, after the breach began: %s"
                    .formatted(credential, source, use.first, counted);
            case Sighting.Pivot(Optional<String> credential, String source) ->
                "Source %s was also used %s (%s) after the breach began: %s"
                    .formatted(
                        source,
                        with(credential),
                        use.first.isBefore(breach)
                            ? "first seen so at " + use.first + ", before it"
                            : "a pivot, first seen at " + use.first,
                        counted);
          });
    }
    List<String> shown = shortened(lines, "uses that may belong to the breach");
    if (beyondLimit == 0) {
      return shown;
    }
    var all = new ArrayList<String>(shown);
    all.add(
        "%d exchanges of further sources and credentials near the breach were not followed: more than %d of them"
            .formatted(beyondLimit, limits.sightings()));
    return all;
  }

  private List<Map.Entry<Sighting, Use>> largestFirst() {
    Comparator<Map.Entry<Sighting, Use>> bySize =
        Comparator.comparingLong(each -> -each.getValue().answered);
    return uses.entrySet().stream()
        .sorted(bySize.thenComparing(each -> each.getKey().toString()))
        .toList();
  }

  private List<String> shortened(List<String> lines, String what) {
    if (lines.size() <= limits.named()) {
      return lines;
    }
    var shortened = new ArrayList<String>(lines.subList(0, limits.named()));
    shortened.add("%d further %s".formatted(lines.size() - limits.named(), what));
    return shortened;
  }

  private static String with(Optional<String> credential) {
    return credential.map(id -> "with credential " + id).orElse("without a credential");
  }
}
