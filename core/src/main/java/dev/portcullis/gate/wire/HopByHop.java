package dev.portcullis.gate.wire;

import java.util.List;

/**
 * Header lines that are not passed on: those of one hop (RFC 9110 §7.6.1), those that the gate
 * writes itself, and those that would let a client say who it is (X-Forwarded-For and its kin).
 */
public final class HopByHop {
  private static final String[] REQUEST = {
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "http2-settings",
    "content-length",
    "host",
    "expect",
    "forwarded",
    "x-real-ip",
    "client-ip",
    "x-client-ip",
    "true-client-ip",
    "x-cluster-client-ip",
    "cf-connecting-ip",
    "fastly-client-ip",
    "remote-user",
    "x-remote-user",
    "x-original-url",
    "x-rewrite-url",
    "x-http-method-override",
    "x-http-method",
    "x-method-override",
    "proxy",
    "request-id",
    "via",
  };
  private static final String[] REQUEST_FAMILIES = {"x-forwarded", "x-ssl-client"};
  private static final String[] RESPONSE = {
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "content-length",
    "server",
    "x-powered-by",
    "request-id",
    "via",
  };

  private HopByHop() {}

  /** Whether that line of a request stays here. */
  public static boolean staysOfRequest(Head head, int field, List<String> listed) {
    return isAmong(head, field, REQUEST)
        || isOfFamily(head, field)
        || isListed(head, field, listed);
  }

  /** Whether that line of a response stays here. */
  public static boolean staysOfResponse(Head head, int field, List<String> listed) {
    return isAmong(head, field, RESPONSE) || isListed(head, field, listed);
  }

  private static boolean isAmong(Head head, int field, String[] names) {
    for (String name : names) {
      if (head.resembles(field, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfFamily(Head head, int field) {
    for (String start : REQUEST_FAMILIES) {
      if (head.startResembles(field, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isListed(Head head, int field, List<String> listed) {
    for (int i = 0; i < listed.size(); i++) {
      if (head.is(field, listed.get(i))) {
        return true;
      }
    }
    return false;
  }
}
