package dev.portcullis.evidence;

import dev.portcullis.incident.Incident;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Revealed;
import dev.portcullis.scope.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;

/** Writes what is recorded of an incident beside the journal. */
final class CaseFile {
  private final EvidenceSources sources;
  private final Incident incident;
  private final Scope scope;

  CaseFile(EvidenceSources sources, Incident incident) {
    this.sources = sources;
    this.incident = incident;
    this.scope =
        incident.state().isOver()
            ? sources
                .scopes()
                .last(incident.id())
                .orElseGet(() -> sources.scopes().determine(incident))
            : sources.scopes().determine(incident);
  }

  void write(ArchiveWriter archive) throws IOException {
    String id = incident.id();
    json(archive, "incident.json", "the incident", incident);
    json(archive, "signals.json", "what detectors said", sources.incidents().signals(id));
    json(archive, "timeline.json", "what was done, in order", sources.incidents().timeline(id));
    json(archive, "orders.json", "containment orders", sources.containment().of(id));
    json(archive, "scope.json", "whom and what the incident reached", scope);
    json(
        archive,
        "obligations.json",
        "who had to be told, until when",
        sources.obligations().clocks(id));
    json(archive, "communications.json", "notices and their dispatch", sources.notices().list(id));
    json(archive, "restores.json", "what was restored", sources.recovery().reports(id));
    var review = sources.reviews().last(id);
    if (review.isPresent()) {
      byte[] text = review.get().markdown().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      archive.add("post-mortem.md", "the review, a draft", text);
    }
  }

  /** Pseudonym and person, one line each. */
  void subjects(OutputStream out, Findings findings) throws IOException {
    for (Pseudonym pseudonym : scope.subjects()) {
      var line = new LinkedHashMap<String, Object>();
      line.put("pseudonym", pseudonym.toString());
      switch (sources.pseudonyms().reveal(pseudonym)) {
        case Revealed.Known(String subject) -> line.put("subject", subject);
        case Revealed.Erased(Instant at) -> line.put("erased", at.toString());
        case Revealed.Unknown() ->
            findings.add("The data subject behind %s can't be told".formatted(pseudonym));
      }
      out.write(EvidenceJson.line(line));
    }
  }

  private static void json(ArchiveWriter archive, String name, String description, Object document)
      throws IOException {
    archive.add(name, description, EvidenceJson.pretty(document));
  }
}
