package dev.cmdai.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's key and the certificate of who signed it, made with the JDK's keytool.
 *
 * @param pem what a client has to trust
 */
record Certificates(SSLContext server, Path pem) {
  private static final char[] PASSWORD = "password".toCharArray();

  /** A certificate that the server signed itself. */
  static Certificates make(Path folder, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    keytool(store, "-alias", "server", "-dname", "CN=" + name, "-ext", "san=dns:" + name);
    return of(store);
  }

  /** A certificate that a good one signed, for a day that is over. */
  static Certificates makeExpired(Path folder, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    keytool(store, "-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c");
    keytool(
        store,
        "-alias",
        "server",
        "-signer",
        "authority",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=dns:" + name,
        "-startdate",
        "-30d",
        "-validity",
        "1");
    return of(store);
  }

  private static Certificates of(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      keys.load(bytes, PASSWORD);
    }
    Certificate[] chain = keys.getCertificateChain("server");
    Path pem = Path.of(store.toString().replace(".p12", ".pem"));
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(chain[chain.length - 1].getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    keys.deleteEntry("authority");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new Certificates(context, pem);
  }

  private static void keytool(Path store, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", "password"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + command);
    }
  }
}
