package dev.portcullis.rehearse;

import dev.portcullis.scope.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a rehearsal. Field names, in snake case, are what {@code drill run --json} prints.
 *
 * @param scenario its name
 * @param verdict such as {@code held}
 * @param bound for people
 * @param boundHeld whether it was noticed inside its bound; for a twin, whether nothing was said
 * @param noticed whether a signal was true
 * @param noticedAfterRequests hostile requests answered until then, failed log-ins among them
 * @param noticedAfterSubjects people reached until then
 * @param noticedAfterSeconds from the first hostile request
 * @param contained whether the last twentieth of the hostile requests was refused
 * @param containedAfterSubjects people reached in all, if it was contained
 * @param subjectsTotal people it would have reached if nobody had noticed
 * @param realSubjects people that the real breach reached
 * @param exchanges recorded, hostile ones among them
 * @param signals by detector, true and false ones
 * @param signalsWhileLearning said before the scenario's {@code learning} was over
 * @param firstSignal what the first true one said
 * @param falseIncidents what the false ones would have opened
 * @param ordinaryRefused requests of others that containment refused
 * @param orders in force at the end
 * @param needPerson signals for which no automatic order was possible or inside the budget
 * @param scope of the true signals against the truth
 */
public record RehearsalResult(
    String scenario,
    Optional<String> family,
    String verdict,
    String bound,
    boolean boundHeld,
    boolean noticed,
    Optional<Long> noticedAfterRequests,
    Optional<Long> noticedAfterSubjects,
    Optional<Long> noticedAfterSeconds,
    boolean contained,
    Optional<Long> containedAfterSubjects,
    long subjectsTotal,
    Optional<Long> realSubjects,
    long exchanges,
    Map<String, Integer> signals,
    int signalsWhileLearning,
    Optional<String> firstSignal,
    int falseIncidents,
    long ordinaryRefused,
    List<String> orders,
    int needPerson,
    Accuracy scope) {

  /**
   * How well the scope names whom the attacker reached: as it is determined at once, and when a
   * person who knows the truth has decided on all its pivots.
   *
   * @param precision share of the people in it that the attacker reached; 1 where it is empty
   * @param recall share of the people reached that are in it; 1 where none was reached
   * @param unknown lines that say what is not known
   * @param closedPrecision the same, after the decisions
   * @param closedRecall the same, after the decisions
   * @param accepted pivots
   * @param rejected pivots
   * @param closed whether no pivot is left to be decided on
   * @param closedUnknown lines that are left
   * @param split whose the exchanges were, at once
   */
  public record Accuracy(
      double precision,
      double recall,
      int unknown,
      double closedPrecision,
      double closedRecall,
      long accepted,
      long rejected,
      boolean closed,
      int closedUnknown,
      Split split) {}
}
