package dev.portcullis.analyze;

/** What was probably taken, in a sentence. */
final class Taken {
  private Taken() {}

  static String text(Report.Taken taken) {
    return (taken.exact() ? "" : "about ")
        + Words.counted(taken.objects(), "distinct object", "distinct objects")
        + " in "
        + Words.counted(taken.answers(), "answer", "answers")
        + ", "
        + Words.size(taken.bytes())
        + (taken.routes().isEmpty() ? "" : ", from " + String.join(", ", taken.routes()));
  }
}
