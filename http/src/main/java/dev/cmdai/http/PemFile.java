package dev.cmdai.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the certificates of a PEM file, whatever else stands in it. */
final class PemFile {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /** The largest bundles of certificates have a tenth of that. */
  private static final int MOST_BYTES = 8 << 20;

  private PemFile() {}

  /**
   * The certificates of a file.
   *
   * @throws HttpFailure when it cannot be read, holds none, or a damaged one
   */
  static List<X509Certificate> read(Path file) throws HttpFailure {
    String text;
    try (InputStream bytes = Files.newInputStream(file)) {
      // What lies beyond the limit would be a certificate cut short, which is told as such.
      text = new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw bad(file, "does not exist");
    } catch (IOException e) {
      throw bad(file, "cannot be read (" + e.getMessage() + ")");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
      int end = text.indexOf(END, begin);
      if (end < 0) {
        throw bad(file, "ends inside certificate " + (certificates.size() + 1));
      }
      certificates.add(
          certificate(text.substring(begin + BEGIN.length(), end), file, certificates.size() + 1));
    }
    if (certificates.isEmpty()) {
      throw bad(file, "holds no certificate in PEM form (" + BEGIN + ")");
    }
    return certificates;
  }

  private static X509Certificate certificate(String base64, Path file, int number)
      throws HttpFailure {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException e) {
      throw bad(file, "holds a certificate, number " + number + ", that is damaged");
    }
  }

  private static HttpFailure bad(Path file, String what) {
    return new HttpFailure(
        HttpFailure.Kind.BAD_CERTIFICATES,
        "the file of certificates " + file + " " + what,
        "Name a PEM file with the certificate of who signed the server's.");
  }
}
