package dev.portcullis.scope;

import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.vault.Erasure;
import dev.portcullis.journal.vault.SubjectVault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a data subject may ask for: access (GDPR Art. 15) and erasure (Art. 17). Blocks. */
public final class SubjectDesk {
  /** Entries of the register that are listed, newest first. */
  private static final int LISTED = 10_000;

  /** A shorter subject may stand in a reason by chance. */
  private static final int TELLING = 3;

  private final SubjectVault vault;
  private final Journal journal;
  private final IncidentDesk incidents;
  private final IncidentHolds holds;

  /** Over these; owns none of them. */
  public SubjectDesk(
      SubjectVault vault, Journal journal, IncidentDesk incidents, IncidentHolds holds) {
    this.vault = vault;
    this.journal = journal;
    this.incidents = incidents;
    this.holds = holds;
  }

  /** What the journal holds about that subject. Reads the whole journal. */
  public SubjectRecord find(String subject) {
    Optional<Pseudonym> pseudonym = vault.find(subject);
    if (pseudonym.isEmpty()) {
      return new SubjectRecord(
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Set.of(),
          Optional.empty());
    }
    var mentions = new Mentions(pseudonym.get());
    return mentions.record(read(mentions::see));
  }

  /**
   * What is asked for.
   *
   * @param by the person who does it
   * @param reason why, without naming the subject
   * @param request reference of the subject's request
   * @param despiteHold also where an incident under legal hold names the subject
   */
  public record Request(String by, String reason, Optional<String> request, boolean despiteHold) {}

  /**
   * Makes what is recorded about that subject nobody's, for good. The record itself stays as it is.
   *
   * @throws IllegalArgumentException when the subject is not known, the reason is missing or names
   *     the subject, or an incident under legal hold needs the subject (GDPR Art. 17(3)(e))
   * @throws dev.portcullis.journal.PseudonymsUnavailableException if the vault can't be used
   */
  public Erasure erase(String subject, Request request) {
    requireReason(subject, request);
    Pseudonym pseudonym = vault.find(subject).orElseThrow(SubjectDesk::notKnown);
    Set<String> held = holding(pseudonym);
    if (!held.isEmpty() && !request.despiteHold()) {
      throw new IllegalArgumentException(
          ("%s under legal hold: whom the breach reached must stay provable (GDPR Art. 17(3)(e))."
                  + " Release the hold (portcullis incident release-hold), or erase with"
                  + " --despite-hold if the law demands it; that is recorded")
              .formatted(String.join(", ", held) + (held.size() == 1 ? " is" : " are")));
    }
    Optional<String> despite =
        held.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", held));
    Erasure erasure =
        vault
            .erase(
                subject,
                new Erasure.Order(request.by(), request.reason(), request.request(), despite))
            .orElseThrow(SubjectDesk::notKnown);
    for (String incident : held) {
      incidents.record(
          incident,
          erasure.at(),
          request.by(),
          "erasure",
          "%s: the person behind %s was erased despite the legal hold: %s"
              .formatted(erasure.id(), pseudonym, request.reason()));
    }
    return erasure;
  }

  /** The register of erasures, newest first. */
  public List<Erasure> erasures() {
    return vault.erasures(LISTED);
  }

  /** The incidents under hold in whose scope the subject is. */
  private Set<String> holding(Pseudonym pseudonym) {
    List<IncidentHolds.Held> held = holds.held();
    var naming = new TreeSet<String>();
    if (held.isEmpty()) {
      return naming;
    }
    Optional<String> unread =
        read(entry -> {
          if (Mentions.names(entry.exchange(), pseudonym)) {
            held.stream()
                .filter(each -> each.holds(entry))
                .forEach(each -> naming.add(each.incident()));
          }
        });
    if (unread.isPresent()) {
      throw new IllegalArgumentException(
          "Whether an incident under legal hold needs this person can't be told. " + unread.get());
    }
    return naming;
  }

  /** Returns why not all could be read. */
  private Optional<String> read(Consumer<JournalEntry> visitor) {
    try (JournalReader reader = journal.read(0)) {
      while (reader.hasNext()) {
        visitor.accept(reader.next());
      }
      return Optional.empty();
    } catch (JournalException e) {
      return Optional.of("The journal cannot be read to its end: " + e.getMessage());
    }
  }

  private static void requireReason(String subject, Request request) {
    String text = request.reason() + " " + request.request().orElse("");
    if (request.reason().isBlank()) {
      throw new IllegalArgumentException("A reason is needed to erase (found: none); say why");
    }
    if (subject.length() >= TELLING
        && text.toLowerCase(Locale.ROOT).contains(subject.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "The reason or the request's reference names the person: it is kept in the register."
              + " Say it without");
    }
  }

  private static IllegalArgumentException notKnown() {
    return new IllegalArgumentException(
        "Nobody is known here by that name: nothing is recorded about them, or they were erased"
            + " already (portcullis subject erasures). Check the spelling: it is compared as"
            + " recorded");
  }
}
