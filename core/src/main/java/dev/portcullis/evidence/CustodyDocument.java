package dev.portcullis.evidence;

import dev.portcullis.incident.Incident;
import dev.portcullis.journal.SignedTree;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code chain-of-custody.json}: what was done with the evidence, by whom, when and why, in the
 * terms of ISO/IEC 27037:2012 (identification, collection, acquisition, preservation) and NIST SP
 * 800-86 (collection, examination, analysis, reporting).
 */
record CustodyDocument(
    String id,
    EvidenceRequest request,
    Incident incident,
    Instant at,
    String tool,
    String key,
    SignedTree tree,
    Hostile hostile,
    Exhibits exhibits,
    Findings findings,
    List<ArchiveItem> items,
    List<EvidenceExport> previous) {

  Map<String, Object> document() {
    return ordered(
        "evidence_id", id,
        "incident", incident.id(),
        "standards", List.of("ISO/IEC 27037:2012", "NIST SP 800-86"),
        "identification", identification(),
        "collection", collection(),
        "acquisition", acquisition(),
        "preservation", preservation(),
        "nist_sp_800_86", phases(),
        "integrity", integrity(),
        "previous_exports", previous);
  }

  private Map<String, Object> identification() {
    return ordered(
        "potential_digital_evidence",
            "exchanges of the incident as the gateway's journal recorded them",
        "source", "journal " + tree.origin(),
        "incident_title", incident.title(),
        "criteria", hostile.words(),
        "first_exchange", exhibits.first().map(Instant::toString).orElse(""),
        "last_exchange", exhibits.last().map(Instant::toString).orElse(""));
  }

  private Map<String, Object> collection() {
    return ordered(
        "digital_evidence_first_responder", request.collectedBy(),
        "requested_by", request.requestedBy(),
        "reason", request.reason(),
        "at", at.toString());
  }

  private Map<String, Object> acquisition() {
    return ordered(
        "method",
        "logical acquisition from the running journal: records byte by byte, other documents as stored at that moment",
        "tool",
        tool,
        "exchanges",
        exhibits.exchanges(),
        "gaps",
        exhibits.gaps(),
        "data_subjects",
        request.withSubjects() ? "in clear" : "pseudonyms only");
  }

  private Map<String, Object> preservation() {
    return ordered(
        "hash_algorithm",
        "SHA-256",
        "signature_algorithm",
        "Ed25519",
        "key",
        key,
        "checkpoint_size",
        tree.size(),
        "checkpoint_root",
        tree.root(),
        "items",
        items);
  }

  private static Map<String, Object> phases() {
    return ordered(
        "collection",
        List.of("exchanges.ndjson", "gaps.ndjson", "checkpoint"),
        "examination",
        List.of("signals.json", "chain-of-custody.json"),
        "analysis",
        List.of("scope.json", "incident.json", "timeline.json"),
        "reporting",
        List.of("obligations.json", "communications.json", "orders.json", "restores.json"));
  }

  private Map<String, Object> integrity() {
    return ordered(
        "every_record_proved", findings.unproven() == 0,
        "unproved_records", findings.unproven(),
        "findings", findings.list());
  }

  static Map<String, Object> ordered(Object... namesAndValues) {
    var document = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      document.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return document;
  }
}
