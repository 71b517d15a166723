package dev.portcullis.obligation;

import java.util.Locale;

/** What a notice must contain. In rule files in kebab case. */
public enum Content {
  /** What happened (GDPR Art. 33(3)(a)). */
  NATURE,
  /** When it happened and when it was found. */
  DATES,
  /** Categories and approximate number of data subjects (GDPR Art. 33(3)(a)). */
  DATA_SUBJECTS,
  /** Categories and approximate number of records (GDPR Art. 33(3)(a)). */
  RECORDS,
  /** Kinds of data, without numbers (45 CFR 164.404(c)(1)(B)). */
  DATA_TYPES,
  /** Data protection officer or other contact point (GDPR Art. 33(3)(b)). */
  CONTACT,
  /** Likely consequences (GDPR Art. 33(3)(c)). */
  CONSEQUENCES,
  /** Measures taken and proposed (GDPR Art. 33(3)(d)). */
  MEASURES,
  /** What those affected should do (45 CFR 164.404(c)(1)(C)). */
  ADVICE,
  /** Why it is late, if it is (GDPR Art. 33(1)). */
  DELAY_REASONS;

  /** As written in rule files. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
