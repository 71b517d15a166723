/**
 * Stakeholders, notices, an outbox that survives a crash, and the proof of dispatch.
 *
 * <p>Start reading at {@code NoticeDesk}, then {@code StoredNoticeDesk}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.notify;
