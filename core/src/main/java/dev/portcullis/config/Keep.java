package dev.portcullis.config;

/**
 * Which recovery points are kept (grandfather, father, son): the newest of each of so many hours,
 * days, weeks (ISO 8601), months and years that have any. In UTC.
 *
 * @param last so many of the newest, whatever their hour; at least one
 */
public record Keep(int last, int hourly, int daily, int weekly, int monthly, int yearly) {
  /** Two days by the hour, a month by the day, a quarter by the week, a year by the month. */
  public static final Keep DEFAULT = new Keep(96, 48, 31, 13, 12, 0);
}
