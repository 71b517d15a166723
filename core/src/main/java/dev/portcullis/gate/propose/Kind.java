package dev.portcullis.gate.propose;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Kinds of personal and secret data that can be told by their form. Where a standard has a check
 * digit, it is checked; where the form says too little, the member's name must hint at it.
 */
enum Kind {
  /** PEM (RFC 7468) private keys, and keys with the prefixes that their issuers gave them. */
  KEY("key or secret", "credentials", Secrets::isKey, "", false),
  /** JSON Web Tokens (RFC 7519) in compact form. */
  JWT("JSON Web Token", "credentials", Secrets::isJwt, "", false),
  /** Random-looking text under a name that says so. */
  SECRET(
      "secret",
      "credentials",
      Secrets::isRandom,
      "secret|passw|token|api_?-?key|private_?-?key|credential",
      true),
  /** Addresses as in RFC 5321, in their usual form. */
  EMAIL("e-mail address", "contact", Contacts::isEmail, "", false),
  /** IBAN (ISO 13616), check digits by ISO 7064 MOD 97-10. */
  IBAN("IBAN", "bank-account", Accounts::isIban, "", false),
  /** Card numbers (ISO/IEC 7812): issuer's range, length and Luhn digit. */
  CARD("payment card number", "payment-card", Accounts::isCard, "", false),
  /** Social security number of the United States, with its dashes. */
  US_SSN("US social security number", "national-id", NationalIds::isUsSsn, "", false),
  /** Documento nacional de identidad and NIE: control letter by modulo 23. */
  ES_DNI("Spanish DNI or NIE", "national-id", NationalIds::isSpanishDni, "", false),
  /** Numéro d'inscription au répertoire: key by modulo 97. */
  FR_NIR("French NIR", "national-id", NationalIds::isFrenchNir, "", false),
  /** Polish PESEL: birth date and weighted check digit. */
  PL_PESEL("Polish PESEL", "national-id", NationalIds::isPolishPesel, "pesel", true),
  /** Steueridentifikationsnummer: ISO 7064 MOD 11,10. */
  DE_TAX_ID(
      "German tax id", "national-id", NationalIds::isGermanTaxId, "steuer|tax|idnr|tin", true),
  /** Aadhaar: Verhoeff's check digit. */
  IN_AADHAAR("Indian Aadhaar", "national-id", NationalIds::isAadhaar, "aadhaar|uidai", true),
  /** NHS number: weighted sum modulo 11. */
  UK_NHS("UK NHS number", "national-id", NationalIds::isNhsNumber, "nhs", true),
  /** Burgerservicenummer: the eleven test. */
  NL_BSN("Dutch BSN", "national-id", NationalIds::isBsn, "bsn|burgerservice", true),
  /** Numbers as in ITU-T E.164, with their plus sign. */
  PHONE("phone number", "contact", Contacts::isInternationalPhone, "", false),
  /** National numbers under a name that says so. */
  LOCAL_PHONE(
      "phone number", "contact", Contacts::isLocalPhone, "phone|mobile|msisdn|^tel|^cell", true),
  /** Codes of ICD-10 (WHO) under a name that says so. */
  ICD10("ICD-10 code", "health", Health::isIcd10, "icd|diagnos|^dx", true);

  private final String label;
  private final String dataClass;
  private final Predicate<String> form;
  private final Pattern hint;
  private final boolean weak;

  Kind(String label, String dataClass, Predicate<String> form, String hint, boolean weak) {
    this.label = label;
    this.dataClass = dataClass;
    this.form = form;
    this.hint = Pattern.compile(hint.isEmpty() ? "(?!)" : hint);
    this.weak = weak;
  }

  /** For people. */
  String label() {
    return label;
  }

  /** The data class that is proposed for it. */
  String dataClass() {
    return dataClass;
  }

  /** Whether ordinary values may pass by chance. */
  boolean isWeak() {
    return weak;
  }

  /** Whether a member of that name, in lower case, is likely to hold it. */
  boolean isHinted(String name) {
    return hint.matcher(name).find();
  }

  boolean isNationalId() {
    return dataClass.equals("national-id");
  }

  /** Whether a value under that name is one. */
  boolean recognises(String name, String value) {
    boolean nameNeeded = this == SECRET || this == LOCAL_PHONE || this == ICD10;
    return (!nameNeeded || isHinted(name)) && form.test(value);
  }
}
