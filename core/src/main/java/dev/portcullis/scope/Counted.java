package dev.portcullis.scope;

import dev.portcullis.scope.Strand.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is counted, whose it is, and which uses are hostile. */
final class Counted {
  private final Tally total;
  private final Tally thief;
  private final Tally owner;
  private final Tally undetermined;
  private final List<Strand> hostile = new ArrayList<>();
  private final Set<Strand> owners = new HashSet<>();
  private final TreeMap<String, Long> basis = new TreeMap<>();
  private long possibleOwner;

  private Counted(Room room) {
    total = new Tally(room, true);
    thief = new Tally(room, true);
    owner = new Tally(room, true);
    undetermined = new Tally(room, true);
  }

  /** An incident's: what the owner did is left out. */
  static Counted of(Strands strands) {
    var counted = new Counted(strands.room());
    var judge = new Judge(strands);
    for (Strand strand : strands.named()) {
      counted.take(strand, judge.of(strand));
    }
    Set<String> stolen = new HashSet<>();
    counted.hostile.forEach(each -> each.use().credential().ifPresent(stolen::add));
    Instant breach = counted.total.first().orElse(Instant.MAX);
    for (Strand strand : strands.all()) {
      if (strand.use().credential().filter(stolen::contains).isPresent()
          && !counted.owners.contains(strand)) {
        counted.takeOther(strand, breach);
      }
    }
    return counted;
  }

  /** Somebody's question: all of it, and whose it seems to be. */
  static Counted asked(Strands strands, Optional<Instant> from) {
    var counted = new Counted(strands.room());
    for (Strand strand : strands.named()) {
      counted.hostile.add(strand);
      boolean settled = from.filter(strand::isSettled).isPresent();
      strand
          .find(Slot.SINCE)
          .ifPresent(tally -> {
            counted.total.merge(tally);
            (from.isEmpty() ? counted.undetermined : settled ? counted.owner : counted.thief)
                .merge(tally);
          });
    }
    counted.basis.put(
        from.isEmpty()
            ? "Without a beginning (--from) nobody can be told to have been there before"
            : "Owner's is what came from clients that were there an hour and three exchanges before the window; all is counted",
        (long) counted.hostile.size());
    return counted;
  }

  private void take(Strand strand, Judge.Verdict verdict) {
    switch (verdict) {
      case THIEF -> {
        hostile.add(strand);
        named(strand).forEach(tally -> count(tally, thief));
        say("are new, or the ones that the evidence names: the thief's");
      }
      case OWNER -> {
        owners.add(strand);
        named(strand).forEach(owner::merge);
        others(strand).forEach(owner::merge);
        say("were there before the breach, and the evidence names others: the owner's");
      }
      case PERHAPS_OWNER -> {
        hostile.add(strand);
        named(strand).forEach(this::countUndetermined);
        say(
            "are new with the owner's software, or were seldom there before: cannot be told apart, counted as hostile");
      }
      case BOTH -> {
        hostile.add(strand);
        boolean somebodyElse = Judge.wasSomebodyElse(strand);
        strand.find(Slot.BEFORE).ifPresent(somebodyElse ? owner::merge : this::countUndetermined);
        strand.find(Slot.SINCE).ifPresent(tally -> count(tally, thief));
        strand.find(Slot.FAMILIAR).ifPresent(this::countUndetermined);
        say(
            somebodyElse
                ? "are shared by owner and thief: told apart by behaviour before the breach, since then what is not new is undetermined and counted as hostile"
                : "are shared by owner and thief, or the thief's alone: cannot be told apart, counted as hostile");
      }
    }
  }

  private void takeOther(Strand strand, Instant breach) {
    boolean settled = strand.isSettled(breach);
    others(strand).forEach(settled ? owner::merge : undetermined::merge);
    if (settled && !strand.isNamed()) {
      owners.add(strand);
      say("were there long before the breach, and no signal names them: the owner's");
    }
  }

  private static List<Tally> named(Strand strand) {
    return tallies(strand, Slot.BEFORE, Slot.SINCE, Slot.FAMILIAR);
  }

  private static List<Tally> others(Strand strand) {
    return tallies(strand, Slot.OTHER_BEFORE, Slot.OTHER);
  }

  private static List<Tally> tallies(Strand strand, Slot... slots) {
    return List.of(slots).stream().flatMap(slot -> strand.find(slot).stream()).toList();
  }

  private void count(Tally tally, Tally whose) {
    total.merge(tally);
    whose.merge(tally);
  }

  private void countUndetermined(Tally tally) {
    possibleOwner += tally.exchanges();
    count(tally, undetermined);
  }

  private void say(String what) {
    basis.merge(what, 1L, Long::sum);
  }

  /** The scope's. */
  Tally total() {
    return total;
  }

  /** Uses of which something is counted. */
  List<Strand> hostile() {
    return hostile;
  }

  /** Whether that use was found to be the rightful owner's. */
  boolean isOwners(Strand strand) {
    return owners.contains(strand);
  }

  Split split() {
    return new Split(
        thief.part(),
        owner.part(),
        undetermined.part(),
        possibleOwner,
        basis.entrySet().stream()
            .map(each ->
                each.getKey().startsWith("O") || each.getKey().startsWith("W")
                    ? each.getKey()
                    : each.getValue() + " uses " + each.getKey())
            .toList());
  }

  List<String> unknown() {
    return possibleOwner == 0
        ? List.of()
        : List.of(
            "%d exchanges may be the rightful owner's: cannot be told apart, counted as hostile"
                .formatted(possibleOwner));
  }
}
