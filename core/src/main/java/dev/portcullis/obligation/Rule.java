package dev.portcullis.obligation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A duty to tell somebody, as data. In YAML, one file a rule, all fields spelled in kebab case:
 *
 * <pre>
 * id            the file's name without its ending
 * title         for people
 * jurisdiction  for people
 * source        {instrument, article}: where the duty is written
 * anchor        the fact that the time is counted from, such as awareness
 * limit         {unit: elapsed-hours | calendar-days | no-fixed-limit, amount, urgency, zones, latest-note}
 *               amount: not with no-fixed-limit; zones: with calendar-days, whose day it may be;
 *               urgency: the words beside the limit; latest-note: eu-1182-71, with elapsed-hours
 * met-by        dispatch | receipt: what the limit is met with
 * recipient     role of the stakeholder who must be told
 * contents      what the notice must contain, see {@link Content}
 * applies-when  list of {predicate: always | personal-data-affected | data-classes-present (any-of)
 *               | subjects (comparator, amount, population)}; all must hold
 * evidence      {verified, read-in}: whether a person checked the rule at its official source
 * in-force      {from, to}: first day, and first day no more; optional
 * proposed      true: not law, never applies
 * notes         what a person must know; optional
 * </pre>
 *
 * @param source instrument and article
 * @param urgency the words beside the limit, such as "without undue delay"
 * @param byReceipt whether the notice must have arrived, not only left, within the limit
 * @param from first day in force
 * @param to first day no longer in force
 */
record Rule(
    String id,
    String title,
    String jurisdiction,
    String source,
    String anchor,
    Limit limit,
    Optional<String> urgency,
    boolean byReceipt,
    String recipient,
    List<Content> contents,
    List<Condition> appliesWhen,
    boolean verified,
    String readIn,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    boolean proposed,
    List<String> notes) {}
