package dev.portcullis.gate.authn;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.portcullis.config.TokenIssuerSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An identity provider that will sign anything. */
final class TestIssuer {
  static final String ISSUER = "https://id.example.test/";
  static final String AUDIENCE = "https://api.example.test";
  static final RSAKey RSA = rsa("rsa-1", 2048);
  static final ECKey EC = ec("ec-1");
  static final OctetKeyPair ED = ed("ed-1");

  private TestIssuer() {}

  static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).algorithm(JWSAlgorithm.ES256).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static OctetKeyPair ed(String id) {
    try {
      return new OctetKeyPairGenerator(Curve.Ed25519)
          .keyID(id)
          .algorithm(JWSAlgorithm.EdDSA)
          .generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String keySet(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(true);
  }

  static TokenIssuerSettings settings(URI keys, String... algorithms) {
    return new TokenIssuerSettings(
        ISSUER, AUDIENCE, keys, Set.of(algorithms), "sub", Duration.ofSeconds(30));
  }

  static Map<String, Object> claims(Instant now) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("aud", AUDIENCE);
    claims.put("sub", "alice");
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond());
    claims.put("jti", "token-id-1");
    claims.put("scope", "patients:read patients:write");
    return claims;
  }

  static Map<String, Object> header(String algorithm, String keyId) {
    var header = new LinkedHashMap<String, Object>();
    header.put("alg", algorithm);
    header.put("typ", "at+jwt");
    header.put("kid", keyId);
    return header;
  }

  static String json(Map<String, ?> members) {
    return JSONObjectUtils.toJSONString(members);
  }

  /** Any header and payload, signed as if the header had said that algorithm. */
  static String sign(String header, String payload, JWSSigner signer, JWSAlgorithm algorithm) {
    String input = encoded(header) + "." + encoded(payload);
    try {
      Base64URL signature =
          signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + signature;
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String encoded(String text) {
    return Base64URL.encode(text).toString();
  }

  static JWSSigner signer(JWK key) {
    try {
      return switch (key) {
        case RSAKey rsa -> new RSASSASigner(rsa);
        case ECKey ec -> new ECDSASigner(ec);
        case OctetKeyPair pair -> new Ed25519Signer(pair);
        default -> throw new AssertionError(key.getKeyType());
      };
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String token(JWK key, Map<String, Object> header, Map<String, Object> claims) {
    return sign(
        json(header), json(claims), signer(key), JWSAlgorithm.parse(key.getAlgorithm().getName()));
  }

  /** As it should be. */
  static String token(JWK key, Instant now) {
    return token(key, header(key.getAlgorithm().getName(), key.getKeyID()), claims(now));
  }
}
