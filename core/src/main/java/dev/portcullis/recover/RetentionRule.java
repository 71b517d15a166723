package dev.portcullis.recover;

import java.util.List;

/**
 * Keeps recovery points that the schedule would remove, such as those from before an incident that
 * is not closed. Asked before anything is removed, of every kind of destination.
 */
@FunctionalInterface
public interface RetentionRule {
  /**
   * Whether that one must stay.
   *
   * @param all the asset's recovery points at that destination, newest first
   */
  boolean keeps(RecoveryPoint point, List<RecoveryPoint> all);
}
