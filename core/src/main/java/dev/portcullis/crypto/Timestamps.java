package dev.portcullis.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** Time-Stamp Protocol (RFC 3161): what is asked of an authority, and what its answer proves. */
public final class Timestamps {
  private static final int NONCE_BITS = 64;

  /** Digests that a forger can make collide. */
  private static final Set<String> BROKEN_DIGESTS = Set.of("1.2.840.113549.2.5", "1.3.14.3.2.26");

  private Timestamps() {}

  /**
   * A time that an authority has stamped.
   *
   * @param at when, as it says
   * @param authority its certificate's subject (RFC 4514)
   */
  public record Stamp(Instant at, String authority) {}

  /** A question, which is kept until the answer is there: both must fit. */
  public static final class Request {
    private final TimeStampRequest request;
    private final byte[] sha256;

    private Request(TimeStampRequest request, byte[] sha256) {
      this.request = request;
      this.sha256 = sha256;
    }

    /** As it is sent, DER. */
    public byte[] encoded() {
      try {
        return request.getEncoded();
      } catch (IOException e) {
        throw new CryptoException("A timestamp can't be asked for: " + e.getMessage(), e);
      }
    }

    /**
     * Checks the answer.
     *
     * @throws CryptoException if it refuses, answers another question, or is not properly signed
     */
    public Stamp accept(byte[] response) {
      try {
        parse(response).validate(request);
      } catch (TSPException e) {
        throw new CryptoException("it does not answer the question: " + e.getMessage(), e);
      }
      return verify(response, sha256, Optional.empty());
    }
  }

  /** Asks for a stamp of that SHA-256, with the authority's certificate in the answer. */
  public static Request request(byte[] sha256) {
    var generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    var nonce = new BigInteger(NONCE_BITS, new SecureRandom());
    return new Request(generator.generate(TSPAlgorithms.SHA256, sha256, nonce), sha256.clone());
  }

  /**
   * Checks an answer again, however much later.
   *
   * @param response DER, as it was received
   * @param anchors PEM file of certificates; the authority's must lead to one of them at the time
   *     stamped. Without it the certificate in the answer is taken as it is
   * @throws CryptoException saying what is wrong with it
   */
  public static Stamp verify(byte[] response, byte[] sha256, Optional<Path> anchors) {
    TimeStampResponse parsed = parse(response);
    TimeStampToken token = parsed.getTimeStampToken();
    boolean granted =
        parsed.getStatus() == PKIStatus.GRANTED
            || parsed.getStatus() == PKIStatus.GRANTED_WITH_MODS;
    if (!granted || token == null) {
      throw new CryptoException(
          "the authority refused: status " + parsed.getStatus() + " (expected: granted)");
    }
    var info = token.getTimeStampInfo();
    if (!info.getMessageImprintAlgOID().equals(TSPAlgorithms.SHA256)
        || !Arrays.equals(info.getMessageImprintDigest(), sha256)) {
      throw new CryptoException("it stamps something else");
    }
    try {
      X509CertificateHolder signer = signer(token);
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      if (anchors.isPresent()) {
        leadsTo(anchors.get(), signer, token);
      }
      return new Stamp(info.getGenTime().toInstant(), signer.getSubject().toString());
    } catch (TSPException
        | OperatorCreationException
        | GeneralSecurityException
        | IOException
        | IllegalArgumentException e) {
      throw new CryptoException("it is not signed by a time-stamping authority: " + e, e);
    }
  }

  private static TimeStampResponse parse(byte[] response) {
    try {
      return new TimeStampResponse(response);
    } catch (TSPException | IOException | RuntimeException e) {
      // the parser throws whatever comes to its mind at bytes from a stranger
      throw new CryptoException("it is no answer of RFC 3161", e);
    }
  }

  private static X509CertificateHolder signer(TimeStampToken token) {
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
      if (token.getSID().match(holder)) {
        for (var signer : token.toCMSSignedData().getSignerInfos().getSigners()) {
          if (BROKEN_DIGESTS.contains(signer.getDigestAlgOID())) {
            throw new CryptoException("it is signed over a digest that is broken");
          }
        }
        return holder;
      }
    }
    throw new CryptoException("it does not carry the authority's certificate");
  }

  private static void leadsTo(Path anchors, X509CertificateHolder signer, TimeStampToken token)
      throws GeneralSecurityException, IOException {
    var trusted = new HashSet<TrustAnchor>();
    try (var in = Files.newInputStream(anchors)) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.add(new TrustAnchor((X509Certificate) certificate, null));
      }
    }
    var converter = new JcaX509CertificateConverter();
    var carried = new ArrayList<X509Certificate>();
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
      carried.add(converter.getCertificate(holder));
    }
    var wanted = new X509CertSelector();
    wanted.setCertificate(converter.getCertificate(signer));
    var parameters = new PKIXBuilderParameters(trusted, wanted);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(carried)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(token.getTimeStampInfo().getGenTime().toInstant()));
    CertPathBuilder.getInstance("PKIX").build(parameters);
  }
}
