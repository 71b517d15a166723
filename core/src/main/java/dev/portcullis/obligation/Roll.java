package dev.portcullis.obligation;

import java.time.ZoneId;
import java.util.SortedSet;

/**
 * What a last day that is no working day may give. Only ever a later reading, never the deadline to
 * plan with.
 *
 * @param noon until noon of the next working day (Delegated Regulation (EU) 2025/301 Art. 5(4));
 *     else until its end (Regulation (EEC, Euratom) No 1182/71 Art. 3(4))
 * @param calendar of holidays, or {@code member-state}: the one that whoever asks names
 * @param zone where the fact has none
 * @param notFor entities that do not have it
 * @param source where it is written
 */
record Roll(boolean noon, String calendar, ZoneId zone, SortedSet<String> notFor, String source) {
  /** The calendar that depends on who asks. */
  static final String MEMBER_STATE = "member-state";
}
