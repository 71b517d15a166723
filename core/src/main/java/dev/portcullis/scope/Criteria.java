package dev.portcullis.scope;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which exchanges may be hostile: those that an incident's signals name and the pivots that a
 * person accepted, or those that somebody asked about.
 *
 * <p>A signal that knows credential and source makes exactly their combination hostile: the owner
 * of a stolen credential goes on using it from elsewhere, and the thief's address may be shared.
 */
public final class Criteria {
  private final Terms terms = new Terms();
  private final Terms rejected = new Terms();

  /** Evidence of signals that name nobody: it alone counts. */
  private final Set<Long> bare = new HashSet<>();

  private final Set<Long> evidence = new HashSet<>();
  private Optional<Question> question = Optional.empty();

  /** What is hostile, in words, each with the detectors that said so. */
  private final Map<String, Set<String>> words = new TreeMap<>();

  private final List<String> unknown = new ArrayList<>();

  /** Of an incident's signals. */
  public Criteria(List<Signal> signals) {
    this(signals, List.of());
  }

  /** Of an incident's signals, and of the pivots about which a person decided. */
  public Criteria(List<Signal> signals, List<Pivot> pivots) {
    signals.forEach(this::take);
    if (signals.isEmpty()) {
      unknown.add("The incident has no signals: nothing tells which exchanges are hostile");
    }
    pivots.forEach(this::take);
  }

  private Criteria(Question question) {
    this.question = Optional.of(question);
    question.credentials().forEach(id -> asked(Term.ofCredential(id)));
    question.accounts().forEach(name -> asked(Term.ofAccount(name)));
    question.sources().forEach(address -> asked(Term.ofSource(address)));
    question.fingerprints().forEach(hash -> asked(Term.ofFingerprint(hash)));
    question.sessions().forEach(hash -> asked(Term.ofSession(hash)));
  }

  /** Of somebody's question: what it names counts, whoever did it. */
  static Criteria of(Question question) {
    return new Criteria(question);
  }

  private void asked(Term term) {
    terms.add(term);
    words.put("Counted is every exchange " + term.words(), Set.of("asked for"));
  }

  private void take(Signal signal) {
    evidence.addAll(signal.evidence());
    Optional<Term> term = term(signal.principals());
    if (term.isPresent()) {
      terms.add(term.get());
      say(term.get().words(), signal.detector());
      return;
    }
    bare.addAll(signal.evidence());
    say(
        "that a signal without credential, source or account names as its evidence",
        signal.detector());
    unknown.add(
        "Signal %s names neither credential, source nor account: only its %d exchanges of evidence"
                .formatted(signal.id(), signal.evidence().size())
            + " are counted, others may belong to them");
  }

  private static Optional<Term> term(Principals whom) {
    if (whom.credential().isPresent()) {
      String credential = whom.credential().get();
      return Optional.of(
          whom.source()
              .map(source -> Term.ofPair(credential, source))
              .orElse(Term.ofCredential(credential)));
    }
    return whom.source().map(Term::ofSource).or(() -> whom.account().map(Term::ofAccount));
  }

  private void take(Pivot pivot) {
    if (pivot.state() == Pivot.State.UNDECIDED) {
      return;
    }
    boolean accepted = pivot.state() == Pivot.State.ACCEPTED;
    pivot.terms().forEach(accepted ? terms::add : rejected::add);
    if (accepted) {
      String which =
          pivot.terms().size() == 1
              ? pivot.terms().getFirst().words()
              : "of " + pivot.terms().size() + " uses";
      say(
          which,
          "pivot "
              + pivot.id()
              + ", accepted by "
              + pivot.decision().map(Pivot.Decision::by).orElse("?"));
    }
  }

  private void say(String which, String who) {
    words.computeIfAbsent("Hostile is every exchange " + which, each -> new TreeSet<>()).add(who);
  }

  /** Whether that exchange is named as part of the breach. */
  public boolean isHostile(JournalEntry entry) {
    return why(entry) != Why.NONE;
  }

  /** What to read to find them all, at any time: every hostile exchange, and others. */
  public Selection selection() {
    var credentials = new HashSet<String>();
    var accounts = new HashSet<String>();
    var sources = new HashSet<String>();
    var fingerprints = new HashSet<String>();
    var sessions = new HashSet<String>();
    for (Term term : terms()) {
      term.credential().ifPresent(credentials::add);
      term.account().ifPresent(accounts::add);
      term.source().ifPresent(sources::add);
      term.session().ifPresent(sessions::add);
      if (term.source().isEmpty() && term.credential().isEmpty() && term.session().isEmpty()) {
        term.fingerprint().ifPresent(fingerprints::add);
      }
    }
    return new Selection(
        credentials,
        accounts,
        sources,
        fingerprints,
        sessions,
        bare(),
        Optional.empty(),
        question.flatMap(Question::until));
  }

  /** Why an entry counts. */
  enum Why {
    /** It meets a term. */
    TERM,
    /** It is evidence of a signal that names nobody. */
    SEQUENCE,
    /** It does not. */
    NONE
  }

  Why why(JournalEntry entry) {
    Instant at = entry.exchange().at();
    if (question.flatMap(Question::from).filter(at::isBefore).isPresent()
        || !question.flatMap(Question::until).map(at::isBefore).orElse(true)) {
      return Why.NONE;
    }
    if (terms.match(entry.exchange())) {
      return Why.TERM;
    }
    return bare.contains(entry.sequence()) ? Why.SEQUENCE : Why.NONE;
  }

  boolean isEvidence(JournalEntry entry) {
    return evidence.contains(entry.sequence());
  }

  /** Whether a person said that this does not belong to the breach. */
  boolean isRejected(Term term) {
    return rejected.contains(term);
  }

  /** The earliest exchange that a signal names. */
  OptionalLong firstEvidence() {
    return evidence.stream().mapToLong(Long::longValue).min();
  }

  /** Somebody's question, if it is none of an incident. */
  Optional<Question> question() {
    return question;
  }

  Set<Term> terms() {
    return terms.all();
  }

  Set<Long> bare() {
    return Set.copyOf(bare);
  }

  /** For people. */
  public List<String> words() {
    return words.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .toList();
  }

  /** What the signals leave open. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }
}
