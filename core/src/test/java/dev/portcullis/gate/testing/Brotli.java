package dev.portcullis.gate.testing;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Bodies in the coding {@code br} (RFC 7932), for which there is no encoder on the class path. */
final class Brotli {
  private static final int BLOCK = 1 << 16;

  private Brotli() {}

  /** In meta-blocks that are not compressed (§9.2), which every decoder must take. */
  static byte[] stored(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += BLOCK) {
      int length = Math.min(BLOCK, bytes.length - at);
      // From the lowest bit: the window's size in the first header; not the last block; four
      // nibbles of length less one; not compressed.
      int shift = at == 0 ? 1 : 0;
      int header = (length - 1) << (3 + shift) | 1 << (19 + shift);
      out.write(header);
      out.write(header >> 8);
      out.write(header >> 16);
      out.write(bytes, at, length);
    }
    out.write(bytes.length == 0 ? 0x06 : 0x03);
    return out.toByteArray();
  }

  /**
   * {@code {"items":[{"id":"p-0","note":"äöü lorem ipsum 0"}, ...]}} with 40 items, compressed by
   * Google's encoder.
   */
  static byte[] document() {
    return Base64.getDecoder()
        .decode(
            "G/4G+K0LuLkdQSxaBKt6T1SEHnXW4MPl8B5IktryQl4s1d3XqlqjgIqH5APK60NcwrkNJ0tXX+hUyxv/"
                + "j9x4jfVs70JbTEUptn0A/12AAjrw4Zlfwr8lgIeeYXJ13Pr2W3hrJ9yFduM9ZC9qb3ofZl92P+53gi9B"
                + "oAxSwTrEhLJC22GcsG447rpwFgJlkArWISaUFdoO44R1w3HXjbMRKINUsA4xoazQdhgnrBvuuLsB");
  }

  /**
   * The beginning of an object with one item {@code p-1}, then 200 MiB of spaces, so compressed.
   */
  static byte[] bomb() {
    return Base64.getDecoder()
        .decode(
            "y///P2icB7Z7lD2RyeGbO9o4QqWnyNZet8To9CkQuGbpIpMDG3DgWjxNPoGfCIUmIaRi1lVFVrTYIPx+"
                + "ef8H////4JcAiMMiAN37P/7//8EvARCHBQC693/8//+DXwIgDgsAdO//+P//B78EQBwWAOje//H//w9+"
                + "CYA4LADQvf/j//8f/BIAcVgAoHv/x///P/glAOKwAED3/o///3/wSwDEYQGA7v0f////4JcAiMMCAN37"
                + "P/7//8EvARCHBQC693/8//+DXwIgDgsAdO//+P//B78EQBwWAOje//H//w9+CYA4LADQvf/j//8f/BIA"
                + "cVgAoHv/x///P/glAOKwAED3/o///3/wSwDEYQGA7v0f////4JcAiMMCAN37P/7//8EvARCHBQC693/8"
                + "//+DXwIgDgsAdO//+P//B78EQBwWAOje//H//w9+CYA4LADQvf/j//8f/BIAcVgAoHv/x///P/glAOKw"
                + "AED3/o///3/wSwDEYQGA7v1fhADglwCIIgIAAg==");
  }
}
