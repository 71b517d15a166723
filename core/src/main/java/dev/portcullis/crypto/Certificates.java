package dev.portcullis.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Self-signed certificates for a node's first start. */
public final class Certificates {
  /** How long one is valid: browsers refuse more than 398 days. */
  static final Duration VALIDITY = Duration.ofDays(397);

  private final SecretFiles files;
  private final InstantSource clock;

  /** Kept in that directory. */
  public Certificates(Path directory, InstantSource clock) {
    this.files = SecretFiles.in(directory);
    this.clock = clock;
  }

  /**
   * Where a certificate and its key lie.
   *
   * @param certificate PEM
   * @param key PEM, PKCS#8
   */
  public record Files(Path certificate, Path key) {}

  /**
   * The certificate of that name, made at first use: ECDSA P-256, for those hosts.
   *
   * @param hosts DNS names and literal addresses
   */
  public Files selfSigned(String name, List<String> hosts) {
    String both = files.readOrCreate(name + ".pem", () -> create(hosts));
    // one file is the truth, so that key and certificate can never be of two makings
    int split = both.indexOf("-----BEGIN PRIVATE KEY-----");
    files.readOrCreate(name + ".crt", () -> both.substring(0, split));
    files.readOrCreate(name + ".key", () -> both.substring(split));
    return new Files(files.path(name + ".crt"), files.path(name + ".key"));
  }

  /**
   * SHA-256 over the certificate's DER, as browsers show it: pairs of hexadecimal digits with
   * colons.
   */
  public static String fingerprint(Path certificate) {
    try (var in = java.nio.file.Files.newInputStream(certificate)) {
      var parsed =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(parsed.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException(
          "Cannot read the certificate " + certificate + ": " + e.getMessage(), e);
    }
  }

  private String create(List<String> hosts) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var subject = new X500Name("CN=" + hosts.getFirst() + ",O=Portcullis self-signed");
      var now = clock.instant();
      var certificate =
          new JcaX509v3CertificateBuilder(
                  subject,
                  new BigInteger(127, new SecureRandom()),
                  Date.from(now.minus(Duration.ofHours(1))),
                  Date.from(now.plus(VALIDITY)),
                  subject,
                  pair.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.subjectAlternativeName, false, names(hosts))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      return pem("CERTIFICATE", certificate.getEncoded())
          + pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new CryptoException("Cannot make a certificate: " + e.getMessage(), e);
    }
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(host ->
                new GeneralName(
                    host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName,
                    host))
            .toArray(GeneralName[]::new));
  }

  private static String pem(String label, byte[] der) throws IOException {
    var text = new java.io.StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(label, der));
    }
    return text.toString();
  }
}
