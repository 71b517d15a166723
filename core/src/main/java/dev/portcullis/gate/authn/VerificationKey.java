package dev.portcullis.gate.authn;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A public key that verifies with one algorithm only (RFC 8725 §3.1): its own {@code alg}, or the
 * only allowed one that it suits.
 */
record VerificationKey(Optional<String> id, String algorithm, JWSVerifier verifier) {
  static final Set<String> SAFE_ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
          "Ed25519");

  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192; // larger ones only cost time

  /** The key, or why it is not used. */
  sealed interface Usable {
    /** It is used. */
    record Yes(VerificationKey key) implements Usable {}

    /** It is not. */
    record No(String why) implements Usable {}
  }

  static Usable of(JWK jwk, Set<String> allowed) {
    if (jwk.isPrivate()) {
      return new Usable.No("a secret or private key, which nobody should publish");
    }
    if (jwk.getKeyUse() != null && !jwk.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return new Usable.No("not for signatures (use)");
    }
    if (jwk.getKeyOperations() != null && !jwk.getKeyOperations().contains(KeyOperation.VERIFY)) {
      return new Usable.No("not for verifying (key_ops)");
    }
    List<String> suitable = suitable(jwk).stream().filter(allowed::contains).toList();
    if (jwk.getAlgorithm() != null) {
      String own = jwk.getAlgorithm().getName();
      suitable = suitable.stream().filter(own::equals).toList();
    }
    if (suitable.size() != 1) {
      return new Usable.No(
          suitable.isEmpty()
              ? "suits no allowed algorithm"
              : "has no alg, and several allowed algorithms suit it: allow one only");
    }
    try {
      return new Usable.Yes(
          new VerificationKey(
              Optional.ofNullable(jwk.getKeyID()), suitable.getFirst(), verifier(jwk)));
    } catch (JOSEException | IllegalArgumentException | IllegalStateException e) {
      return new Usable.No("not a valid key: " + e.getMessage());
    }
  }

  private static List<String> suitable(JWK jwk) {
    return switch (jwk) {
      case RSAKey rsa when isSound(rsa) ->
          List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
      case ECKey ec when ec.getCurve().equals(Curve.P_256) -> List.of("ES256");
      case ECKey ec when ec.getCurve().equals(Curve.P_384) -> List.of("ES384");
      case ECKey ec when ec.getCurve().equals(Curve.P_521) -> List.of("ES512");
      case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
          List.of("EdDSA", "Ed25519");
      default -> List.of();
    };
  }

  private static boolean isSound(RSAKey key) {
    int bits = key.getModulus().decodeToBigInteger().bitLength();
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && exponent.testBit(0)
        && exponent.compareTo(BigInteger.ONE) > 0
        && exponent.bitLength() <= Long.SIZE;
  }

  private static JWSVerifier verifier(JWK jwk) throws JOSEException {
    return switch (jwk) {
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case ECKey ec -> new ECDSAVerifier(ec);
      case OctetKeyPair pair -> new Ed25519Verifier(pair);
      default -> throw new JOSEException("unexpected key type " + jwk.getKeyType());
    };
  }

  boolean hasSigned(TokenText token) {
    try {
      // a header of our own making: nothing that the token's header says reaches the library
      var header = new JWSHeader(JWSAlgorithm.parse(algorithm));
      return verifier.verify(header, token.signedBytes(), token.signature());
    } catch (JOSEException | RuntimeException malformedSignature) {
      return false;
    }
  }
}
