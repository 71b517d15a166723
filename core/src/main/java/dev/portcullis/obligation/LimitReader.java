package dev.portcullis.obligation;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads how a rule's time is counted. */
final class LimitReader {
  private static final String[] SIMPLE = {
    "elapsed-hours", "calendar-days", "business-days", "months", "days-after-year-end"
  };
  private static final String[] ALL = {
    "elapsed-hours",
    "calendar-days",
    "business-days",
    "months",
    "days-after-year-end",
    "no-fixed-limit",
    "earlier-of"
  };

  private LimitReader() {}

  static Limit limit(Fields fields) {
    String unit = fields.oneOf("unit", ALL);
    return switch (unit) {
      case "no-fixed-limit" -> new Limit.NoFixedLimit();
      case "earlier-of" -> earlierOf(fields);
      default -> simple(unit, fields);
    };
  }

  private static Limit simple(String unit, Fields fields) {
    int amount = fields.positive("amount");
    return switch (unit) {
      case "elapsed-hours" -> {
        Optional<String> note = fields.optionalText("latest-note");
        if (note.filter(each -> !each.equals("eu-1182-71")).isPresent()) {
          throw fields.wrong("latest-note: eu-1182-71", note.get());
        }
        yield new Limit.Elapsed(Duration.ofHours(amount), note.isPresent());
      }
      case "calendar-days" ->
          new Limit.CalendarDays(
              amount,
              zones(fields),
              fields.has("event-day") && fields.oneOf("event-day", "0", "1").equals("1"));
      case "business-days" ->
          new Limit.BusinessDays(
              amount, calendar(fields), zone(fields, fields.text("zone")), cutOff(fields));
      case "months" -> new Limit.Months(amount, zones(fields));
      default -> new Limit.AfterYearEnd(amount, zones(fields));
    };
  }

  private static Limit earlierOf(Fields fields) {
    List<?> parts = fields.list("parts");
    if (parts.size() < 2) {
      throw fields.wrong("parts: at least two", parts);
    }
    boolean competing = fields.flag("competing");
    Optional<Limit.Exception> exception =
        fields
            .optionalMapping("exception")
            .map(each -> {
              var read =
                  new Limit.Exception(
                      each.text("only"),
                      each.text("after"),
                      Duration.ofHours(each.positive("hours")));
              each.end();
              return read;
            });
    return new Limit.EarlierOf(
        parts.stream().map(each -> part(new Fields("parts", each))).toList(), competing, exception);
  }

  private static Limit.Part part(Fields fields) {
    var part = new Limit.Part(fields.text("anchor"), simple(fields.oneOf("unit", SIMPLE), fields));
    fields.end();
    return part;
  }

  static Optional<Roll> roll(Fields fields) {
    return fields
        .optionalMapping("roll")
        .map(each -> {
          boolean noon =
              each.oneOf("to", "next-working-day-end", "next-working-day-noon").endsWith("noon");
          String calendar = each.text("calendar");
          if (!calendar.equals(Roll.MEMBER_STATE) && !WorkingDays.isKnown(calendar)) {
            throw each.wrong("calendar: member-state or a calendar's name", calendar);
          }
          var roll =
              new Roll(
                  noon,
                  calendar,
                  zone(each, each.text("zone")),
                  new TreeSet<>(each.texts("not-for")),
                  each.text("source"));
          each.end();
          return roll;
        });
  }

  private static String calendar(Fields fields) {
    String name = fields.text("calendar");
    if (!WorkingDays.isKnown(name)) {
      throw fields.wrong("calendar: a name such as us-federal", name);
    }
    return name;
  }

  private static Optional<LocalTime> cutOff(Fields fields) {
    Optional<String> text = fields.optionalText("cut-off");
    try {
      return text.map(LocalTime::parse);
    } catch (DateTimeException e) {
      throw fields.wrong("cut-off: a time such as \"17:30\"", text);
    }
  }

  private static List<ZoneId> zones(Fields fields) {
    List<String> names = fields.texts("zones");
    if (names.isEmpty()) {
      throw fields.wrong("zones: at least one time zone", "nothing");
    }
    return names.stream().map(name -> zone(fields, name)).toList();
  }

  private static ZoneId zone(Fields fields, String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw fields.wrong("a time zone such as Europe/Berlin", name);
    }
  }
}
