package dev.portcullis.config;

/** What this is. */
public final class Product {
  /** Its version. */
  public static final String VERSION = "0.1.0";

  private Product() {}
}
