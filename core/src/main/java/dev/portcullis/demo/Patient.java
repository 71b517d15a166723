package dev.portcullis.demo;

import java.time.LocalDate;

/**
 * A patient of the sample API; nobody real.
 *
 * @param id such as {@code P-1001}
 * @param clinic account that treats the patient
 */
record Patient(
    String id,
    String name,
    LocalDate birthDate,
    String email,
    String phone,
    String diagnosis,
    String medication,
    String clinic) {
  @Override
  public String toString() {
    return "Patient[" + id + "]";
  }
}
