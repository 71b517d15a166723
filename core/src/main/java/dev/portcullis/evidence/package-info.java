/**
 * Evidence archives of an incident for courts, police, insurers and regulators: what the journal
 * recorded, with proofs, signatures and chain of custody, verifiable without Portcullis (terms of
 * ISO/IEC 27037 and NIST SP 800-86). Knows the packages whose records it exports; none knows it but
 * the rim.
 *
 * <p>Start reading at {@code EvidenceDesk}; how it is checked is in {@code EvidenceVerifier}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.evidence;
