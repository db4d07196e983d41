package dev.cmdai.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A set of certificates to trust, read when it is first asked. */
final class TrustStore {
  /** Where Linux distributions keep all of theirs in one file; the first one there is read. */
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Arch, Alpine, Gentoo
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
          "/etc/pki/tls/certs/ca-bundle.crt", // older ones of these
          "/etc/ssl/ca-bundle.pem", // openSUSE
          "/etc/ssl/cert.pem"); // BSDs

  private final Source source;
  private @Nullable X509ExtendedTrustManager manager;
  private boolean isRead;

  private TrustStore(Source source) {
    this.source = source;
  }

  private interface Source {
    /** The certificates; null for those that Java itself comes with. */
    @Nullable KeyStore read() throws GeneralSecurityException, IOException;
  }

  /** The given certificates. */
  static TrustStore of(List<X509Certificate> certificates) {
    return new TrustStore(() -> keyStore(certificates));
  }

  /** What this platform trusts: Java's own certificates and those of the operating system. */
  static List<TrustStore> platform() {
    List<TrustStore> stores = new ArrayList<>();
    stores.add(new TrustStore(() -> null));
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      stores.add(named("Windows-ROOT"));
    } else if (system.startsWith("mac")) {
      stores.add(named("KeychainStore-ROOT"));
      stores.add(named("KeychainStore"));
    } else {
      stores.add(new TrustStore(TrustStore::bundle));
    }
    return stores;
  }

  private static TrustStore named(String type) {
    return new TrustStore(() -> {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      return store;
    });
  }

  private static KeyStore bundle() throws GeneralSecurityException, IOException {
    for (String name : BUNDLES) {
      Path file = Path.of(name);
      if (Files.isReadable(file)) {
        return keyStore(PemFile.read(file));
      }
    }
    throw new IOException("no bundle of certificates");
  }

  private static KeyStore keyStore(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("certificate " + i, certificates.get(i));
    }
    return store;
  }

  /**
   * Who judges by this store; null when the machine has no such store, or none that is readable.
   */
  synchronized @Nullable X509ExtendedTrustManager manager() {
    if (!isRead) {
      isRead = true;
      try {
        manager = managerOf(source.read());
      } catch (GeneralSecurityException | IOException e) {
        // One store among several: what it would have allowed is refused.
        manager = null;
      }
    }
    return manager;
  }

  private static @Nullable X509ExtendedTrustManager managerOf(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    return null;
  }
}
