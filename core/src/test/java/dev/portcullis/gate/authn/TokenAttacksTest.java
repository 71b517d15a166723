package dev.portcullis.gate.authn;

import static dev.portcullis.gate.authn.TestIssuer.EC;
import static dev.portcullis.gate.authn.TestIssuer.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;

/** What an attacker does to a token's header, signature and form: RFC 8725 §3.1 to §3.7, §3.10. */
class TokenAttacksTest extends TokenTestBase implements WithQuickTheories {

  private String forged(Map<String, Object> header, byte[] secret) throws Exception {
    return TestIssuer.sign(
        TestIssuer.json(header),
        TestIssuer.json(TestIssuer.claims(clock.instant())),
        new MACSigner(secret),
        JWSAlgorithm.HS256);
  }

  private String unsigned(Map<String, Object> header) {
    return TestIssuer.encoded(TestIssuer.json(header))
        + "."
        + TestIssuer.encoded(TestIssuer.json(TestIssuer.claims(clock.instant())))
        + ".";
  }

  @Test
  void anHmacUnderThePublicKeyInAnyFormIsRefused() throws Exception {
    byte[] der = RSA.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    String jwk = RSA.toPublicJWK().toJSONString();
    for (byte[] secret :
        List.of(
            der,
            pem.getBytes(StandardCharsets.US_ASCII),
            pem.strip().getBytes(StandardCharsets.US_ASCII),
            jwk.getBytes(StandardCharsets.UTF_8))) {
      refused("bad-algorithm", forged(TestIssuer.header("HS256", "rsa-1"), secret));
      refused("bad-signature", forged(TestIssuer.header("RS256", "rsa-1"), secret));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "RS1", "RSA1_5", "es256", "ES256 "})
  void anAlgorithmThatIsNotAllowedIsRefused(String algorithm) {
    refused("bad-algorithm", unsigned(TestIssuer.header(algorithm, "ec-1")));
    refused("bad-algorithm", withHeader(EC, header -> header.put("alg", algorithm)));
  }

  @Test
  void aMissingOrStrangeAlgorithmIsRefused() {
    refused("bad-algorithm", withHeader(EC, header -> header.remove("alg")));
    refused("bad-algorithm", withHeader(EC, header -> header.put("alg", List.of("ES256"))));
    refused("malformed-token", withHeader(EC, header -> header.put("kid", 7)));
  }

  @Test
  void anAllowedAlgorithmThatIsNotTheKeysOwnIsRefused() {
    refused("bad-algorithm", withHeader(RSA, header -> header.put("kid", "ec-1")));
    refused("bad-algorithm", withHeader(EC, header -> header.put("kid", "rsa-1")));
  }

  @Test
  void psychicSignaturesAndOtherImpossibleNumbersAreRefused() throws Exception {
    String good = TestIssuer.token(EC, clock.instant());
    String input = good.substring(0, good.lastIndexOf('.'));
    BigInteger order = EC.toECPublicKey().getParams().getOrder();
    byte[] signature = new Base64URL(good.substring(input.length() + 1)).decode();
    byte[] r = Arrays.copyOfRange(signature, 0, 32);
    byte[] s = Arrays.copyOfRange(signature, 32, 64);
    byte[] zero = new byte[32];
    byte[] n = Arrays.copyOfRange(order.toByteArray(), 1, 33);
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    for (byte[][] pair :
        List.of(
            new byte[][] {zero, zero},
            new byte[][] {r, zero},
            new byte[][] {zero, s},
            new byte[][] {n, n},
            new byte[][] {r, n},
            new byte[][] {n, s},
            new byte[][] {ones, ones},
            new byte[][] {s, r})) {
      refused("bad-signature", input + "." + Base64URL.encode(concatenated(pair[0], pair[1])));
    }
    refused("bad-signature", input + "." + Base64URL.encode(new byte[63]));
    refused("bad-signature", input + "." + Base64URL.encode(new byte[0]));
    refused("bad-signature", input + "." + Base64URL.encode(new byte[256]));
    accepted(good);
  }

  private static byte[] concatenated(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  @Test
  void theOtherValidFormOfAnEcdsaSignatureIsTheSameCredential() throws Exception {
    String good = withClaims(claims -> claims.remove("jti"));
    int dot = good.lastIndexOf('.');
    byte[] signature = new Base64URL(good.substring(dot + 1)).decode();
    BigInteger order = EC.toECPublicKey().getParams().getOrder();
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    byte[] mirrored = order.subtract(s).toByteArray();
    byte[] padded = new byte[32];
    int length = Math.min(32, mirrored.length);
    System.arraycopy(mirrored, mirrored.length - length, padded, 32 - length, length);
    String twin =
        good.substring(0, dot)
            + "."
            + Base64URL.encode(concatenated(Arrays.copyOf(signature, 32), padded));
    assertThat(twin).isNotEqualTo(good);
    assertThat(accepted(twin).credential()).isEqualTo(accepted(good).credential());
  }

  @Test
  void aKeyIdIsOnlyEverLookedUp() {
    for (String id :
        List.of(
            "../../dev/null",
            "/dev/null",
            "' or 1=1 --",
            "https://evil.test/keys",
            "rsa-1\u0000",
            "",
            "EC-1")) {
      refused("unknown-token-key", withHeader(EC, header -> header.put("kid", id)));
      clock.advance(IssuerKeys.BETWEEN_ASKED);
    }
    refused("unknown-token-key", withHeader(EC, header -> header.put("kid", "k".repeat(1000))));
    refused("oversized-token", withHeader(EC, header -> header.put("kid", "k".repeat(64 << 10))));
  }

  @Test
  void keysThatTheHeaderBringsAreNeitherFetchedNorBelieved() throws Exception {
    var asked = new AtomicInteger();
    var evil = TestIssuer.ec("ec-1");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://localhost:" + server.getAddress().getPort() + "/keys";
      refused("bad-signature", withHeader(evil, header -> header.put("jku", url)));
      refused("bad-signature", withHeader(evil, header -> header.put("x5u", url)));
      refused(
          "bad-signature",
          withHeader(evil, header -> header.put("jwk", evil.toPublicJWK().toJSONObject())));
      refused("bad-signature", withHeader(evil, header -> header.put("x5c", List.of("MIIB"))));
      accepted(withHeader(EC, header -> header.put("jku", url)));
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void criticalCompressedUnencodedAndNestedOnesAreRefused() {
    refused(
        "unknown-critical-header",
        withHeader(
            EC,
            header -> {
              header.put("crit", List.of("mystery"));
              header.put("mystery", true);
            }));
    refused(
        "unknown-critical-header",
        withHeader(
            EC,
            header -> {
              header.put("crit", List.of("b64"));
              header.put("b64", false);
            }));
    refused("unknown-critical-header", withHeader(EC, header -> header.put("crit", List.of())));
    refused("unencoded-token", withHeader(EC, header -> header.put("b64", false)));
    refused("compressed-token", withHeader(EC, header -> header.put("zip", "DEF")));
    refused("nested-token", withHeader(EC, header -> header.put("cty", "JWT")));
    refused("encrypted-token", withHeader(EC, header -> header.put("enc", "A256GCM")));
    String inner = TestIssuer.token(EC, clock.instant());
    refused(
        "malformed-token",
        TestIssuer.sign(
            TestIssuer.json(TestIssuer.header("ES256", "ec-1")),
            inner,
            TestIssuer.signer(EC),
            JWSAlgorithm.ES256));
  }

  @Test
  void anEncryptedTokenIsRefused() throws Exception {
    var encrypted =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM),
            new Payload(TestIssuer.token(RSA, clock.instant())));
    encrypted.encrypt(new RSAEncrypter(RSA.toRSAPublicKey()));
    refused("encrypted-token", encrypted.serialize());
  }

  @Test
  void aTokenInJsonSerialisationIsRefused() {
    String[] parts = TestIssuer.token(EC, clock.instant()).split("\\.", -1);
    refused(
        "malformed-authorization",
        "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
            .formatted(parts[1], parts[0], parts[2]));
    refused("malformed-token", "{\"payload\":\"%s\"}".formatted(parts[1]));
  }

  @Test
  void aTokenHasOneSpellingOnly() {
    String good = TestIssuer.token(EC, clock.instant());
    char last = good.charAt(good.length() - 1);
    // the last of the 86 digits carries two bits: fifteen other spellings decode alike
    String stray = good.substring(0, good.length() - 1) + (char) (last + 1);
    refused("malformed-token", stray);
    refused("malformed-token", good + "==");
    refused("malformed-token", good + "\n=");
    refused("malformed-token", good.replaceFirst("\\.", "*."));
    refused("malformed-token", good + ".");
    refused("malformed-token", "." + good);
    refused("malformed-token", "..");
    accepted(good);
  }

  @Test
  void onlyUtf8JsonWithoutDoubleNamesIsRead() {
    String header = TestIssuer.json(TestIssuer.header("ES256", "ec-1"));
    String claims = TestIssuer.json(TestIssuer.claims(clock.instant()));
    String doubled = claims.substring(0, claims.length() - 1) + ",\"sub\":\"root\"}";
    String nested =
        claims.substring(0, claims.length() - 1)
            + ",\"x\":"
            + "[".repeat(50)
            + "]".repeat(50)
            + "}";
    for (String payload :
        List.of(doubled, nested, "\uFEFF" + claims, claims + "{}", "[]", "\"text\"", "", "null")) {
      refused(
          "malformed-token",
          TestIssuer.sign(header, payload, TestIssuer.signer(EC), JWSAlgorithm.ES256));
    }
    refused(
        "malformed-token",
        TestIssuer.sign(
            header.substring(0, header.length() - 1) + ",\"alg\":\"ES256\"}",
            claims,
            TestIssuer.signer(EC),
            JWSAlgorithm.ES256));
    String utf16 =
        TestIssuer.encoded(header)
            + "."
            + Base64URL.encode(claims.getBytes(StandardCharsets.UTF_16))
            + "."
            + Base64URL.encode(new byte[64]);
    refused("malformed-token", utf16);
  }

  @Test
  void aTokenOverEightKibibytesIsRefusedUnread() {
    refused("oversized-token", withClaims(claims -> claims.put("pad", "x".repeat(8000))));
    accepted(withClaims(claims -> claims.put("pad", "x".repeat(4000))));
  }

  @Test
  void unsoundKeysOfTheIssuerAreNotUsed() throws Exception {
    var weak = TestIssuer.rsa("weak", 1024);
    var wrongUse =
        new RSAKey.Builder(TestIssuer.rsa("enc", 2048)).keyUse(KeyUse.ENCRYPTION).build();
    var ambiguous = new RSAKey.Builder(TestIssuer.rsa("any", 2048)).algorithm(null).build();
    OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).keyID("oct").generate();
    publish(
        "{\"keys\":["
            + String.join(
                ",",
                weak.toPublicJWK().toJSONString(),
                wrongUse.toPublicJWK().toJSONString(),
                ambiguous.toPublicJWK().toJSONString(),
                secret.toJSONString(),
                RSA.toJSONString(),
                EC.toPublicJWK().toJSONString(),
                TestIssuer.ec("twice").toPublicJWK().toJSONString(),
                TestIssuer.ec("twice").toPublicJWK().toJSONString(),
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"off-curve\",\"alg\":\"ES256\",\"x\":\""
                    + Base64URL.encode(new byte[32])
                    + "\",\"y\":\""
                    + Base64URL.encode(new byte[32])
                    + "\"}",
                "{\"kty\":\"mystery\"}")
            + "]}");
    control.close();
    control = control(TestIssuer.settings(keyFile().toUri(), "RS256", "PS256", "ES256"));
    accepted(TestIssuer.token(EC, clock.instant()));
    for (String id : List.of("weak", "enc", "any", "oct", "rsa-1", "twice", "off-curve")) {
      refused("unknown-token-key", withHeader(EC, header -> header.put("kid", id)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "RS1", "ES256K", "A128KW"})
  void anUnsafeAlgorithmCanNotBeConfigured(String algorithm) {
    var settings = TestIssuer.settings(keyFile().toUri(), "ES256", algorithm);
    assertThatThrownBy(() -> control(settings)).hasMessageContaining(algorithm);
    var remote = TestIssuer.settings(URI.create("http://id.example.test/keys"), "ES256");
    assertThatThrownBy(() -> control(remote)).hasMessageContaining("expected: a file: or https:");
  }

  @Test
  void anyTextAndAnyChangeOfAGoodTokenIsRefusedWithoutAnException() {
    String good = TestIssuer.token(EC, clock.instant());
    qt().withExamples(500)
        .forAll(integers().between(0, good.length() - 1), strings().ascii().ofLengthBetween(0, 3))
        .check((position, text) -> {
          String changed = good.substring(0, position) + text + good.substring(position + 1);
          return changed.equals(good)
              || dev.portcullis.gate.testing.Requests.decide(control, bearing(changed))
                  instanceof dev.portcullis.gate.Control.Decision.Refuse;
        });
  }
}
