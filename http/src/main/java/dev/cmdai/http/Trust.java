package dev.cmdai.http;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server when any of several stores does, asked one after the other: most are never even
 * read, since reading one costs more than a request.
 */
final class Trust extends X509ExtendedTrustManager {
  private final List<TrustStore> stores;

  private Trust(List<TrustStore> stores) {
    this.stores = stores;
  }

  /** Made once, as it takes milliseconds and is the same for every client. */
  private static final class Platform {
    static final SSLContext CONTEXT = context(TrustStore.platform());
  }

  /**
   * TLS that trusts the platform's certificates and some more.
   *
   * @param caFile a PEM file, or null for the platform's alone
   * @throws HttpFailure when the file cannot be used
   */
  static SSLContext context(@Nullable Path caFile) throws HttpFailure {
    if (caFile == null) {
      return Platform.CONTEXT;
    }
    List<TrustStore> stores = new ArrayList<>();
    stores.add(TrustStore.of(PemFile.read(caFile)));
    stores.addAll(TrustStore.platform());
    return context(stores);
  }

  private static SSLContext context(List<TrustStore> stores) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trust(stores)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  private interface Check {
    void by(X509ExtendedTrustManager store) throws CertificateException;
  }

  private void any(Check check) throws CertificateException {
    CertificateException first = null;
    for (TrustStore store : stores) {
      X509ExtendedTrustManager manager = store.manager();
      if (manager == null) {
        continue;
      }
      try {
        check.by(manager);
        return;
      } catch (CertificateException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    throw Objects.requireNonNullElseGet(
        first, () -> new CertificateException("this machine trusts nobody"));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    any(store -> store.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    any(store -> store.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    any(store -> store.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("cmdai is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
