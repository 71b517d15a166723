package dev.portcullis.scope;

import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an incident reached (GDPR Art. 33(3)(a)).
 *
 * @param incident its id; {@link #AD_HOC} if somebody asked without one
 * @param computedAt when it was determined
 * @param journalEnd exchanges read: the scope covers all below this sequence
 * @param firstHostile time of the first hostile exchange
 * @param lastHostile time of the last one that was answered with data
 * @param exchanges hostile exchanges that reached the upstream
 * @param refused hostile exchanges that were refused
 * @param bytes sent in answer
 * @param routes reached, with the number of exchanges
 * @param upstreams reached
 * @param dataClasses reached, with the number of subjects whose data of that class went out
 * @param subjects reached, each once, sorted
 * @param writes that went through
 * @param criteria which exchanges count as hostile, in words
 * @param unknown what could not be known, each named; empty: the scope is exact
 * @param records about subjects that went out, repetitions counted
 * @param unobserved bytes of answers that nobody read for subjects
 * @param notModified answers that only said that nothing had changed (304): nothing went out
 * @param split whose the exchanges were
 * @param pivots to others, decided or not, the strongest first
 */
public record Scope(
    String incident,
    Instant computedAt,
    long journalEnd,
    Optional<Instant> firstHostile,
    Optional<Instant> lastHostile,
    long exchanges,
    long refused,
    long bytes,
    Map<String, Long> routes,
    Set<String> upstreams,
    Map<String, Long> dataClasses,
    List<Pseudonym> subjects,
    List<Write> writes,
    List<String> criteria,
    List<String> unknown,
    long records,
    long unobserved,
    long notModified,
    Split split,
    List<Pivot> pivots) {
  /** Stands for the incident of a scope that belongs to none. */
  public static final String AD_HOC = "ad-hoc";

  /** A scope that was kept by an earlier version knows no split and no pivots. */
  @SuppressWarnings("UnnecessaryNullCheck")
  public Scope {
    split = split == null ? Split.NONE : split;
    pivots = pivots == null ? List.of() : pivots;
  }

  /** Whether every pivot was decided on: it grows no further by them. */
  public boolean isClosed() {
    return undecided() == 0;
  }

  /** Pivots that wait for a person. */
  public long undecided() {
    return pivots.stream().filter(each -> each.state() == Pivot.State.UNDECIDED).count();
  }

  /** The same, with more that is not known. */
  Scope withUnknown(List<String> more) {
    var all = new ArrayList<String>(unknown);
    all.addAll(more);
    return new Scope(
        incident,
        computedAt,
        journalEnd,
        firstHostile,
        lastHostile,
        exchanges,
        refused,
        bytes,
        routes,
        upstreams,
        dataClasses,
        subjects,
        writes,
        criteria,
        List.copyOf(all),
        records,
        unobserved,
        notModified,
        split,
        pivots);
  }

  /**
   * One write: what a repair needs.
   *
   * @param path the object, with pseudonyms where it names people
   * @param route that it went to
   * @param dataClasses written
   * @param subjects about whom something was written
   */
  public record Write(
      long sequence,
      Instant at,
      String method,
      String path,
      int status,
      Optional<String> route,
      Set<String> dataClasses,
      List<Pseudonym> subjects) {
    /** One that was kept by an earlier version knows less. */
    @SuppressWarnings("UnnecessaryNullCheck")
    public Write {
      route = route == null ? Optional.empty() : route;
      dataClasses = dataClasses == null ? Set.of() : dataClasses;
      subjects = subjects == null ? List.of() : subjects;
    }
  }
}
