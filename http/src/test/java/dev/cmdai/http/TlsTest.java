package dev.cmdai.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a client trusts, and what it says about those whom it does not. */
class TlsTest {
  @TempDir static Path folder;
  private static Certificates certificates;
  private static Certificates others;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = Certificates.make(folder, "server.example");
    others = Certificates.make(folder, "other.example");
  }

  private static HttpFailure failure(TestServer server, String host, @Nullable Path caFile)
      throws IOException {
    try (Http http = Http.builder().caFile(caFile).build();
        Call call = http.call(Request.get(server.uri(host, "/")))) {
      return catchThrowableOfType(HttpFailure.class, call::reply);
    }
  }

  @Test
  void aFileOfSeveralCertificatesIsTrustedBesideThePlatforms() throws IOException {
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both,
        "A comment - with hyphens\n"
            + Files.readString(others.pem())
            + "-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n"
            + Files.readString(certificates.pem()).replace("\n", "\r\n"));
    try (TestServer server = TestServer.tls(certificates.server()).on("/", TestServer.text("ok"));
        Http http = Http.builder().caFile(both).build();
        Call call =
            http.call(
                Request.get(server.uri("server.example", "/")).secret("Authorization", "k"))) {
      assertThat(call.reply().status()).isEqualTo(200);
      assertThat(server.asked.getFirst().headers().get("Authorization")).containsExactly("k");
    }
  }

  @Test
  void aStrangerIsNotTrusted() throws IOException {
    try (TestServer server = TestServer.tls(certificates.server()).on("/", TestServer.text("ok"))) {
      for (Path caFile : new @Nullable Path[] {null, others.pem()}) {
        HttpFailure failure = failure(server, "server.example", caFile);
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNTRUSTED);
        assertThat(failure)
            .hasMessage(
                "the certificate of https://server.example:%d comes from nobody that this machine"
                    + " trusts",
                server.port());
        assertThat(failure.remedy()).contains("ca_file");
      }
      assertThat(server.asked).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotTrusted() throws IOException {
    try (TestServer server = TestServer.tls(certificates.server())) {
      HttpFailure failure = failure(server, "www.example", certificates.pem());
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNTRUSTED);
      assertThat(failure).hasMessageEndingWith("is for another host");
    }
  }

  @Test
  void anExpiredCertificateIsNotTrusted() throws Exception {
    Certificates old = Certificates.makeExpired(folder, "old.example");
    try (TestServer server = TestServer.tls(old.server())) {
      HttpFailure failure = failure(server, "old.example", old.pem());
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNTRUSTED);
      assertThat(failure).hasMessageEndingWith("has expired or is not valid yet");
    }
  }

  @Test
  void aServerWithoutTlsIsRecognised() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerWithoutTls(server));
      try (Http http = Http.builder().build();
          Call call =
              http.call(
                  Request.get(URI.create("https://127.0.0.1:" + server.getLocalPort() + "/")))) {
        HttpFailure failure = catchThrowableOfType(HttpFailure.class, call::reply);
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TLS);
        assertThat(failure)
            .hasMessage("https://127.0.0.1:%d does not speak TLS", server.getLocalPort());
      }
    }
  }

  private static void answerWithoutTls(ServerSocket server) {
    try (Socket connection = server.accept()) {
      connection.getInputStream().read();
      RawServer.write(connection, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      connection.getInputStream().readAllBytes();
    } catch (IOException e) {
      // the client has gone
    }
  }

  @Test
  void aRedirectOutOfTlsIsRefused() throws IOException {
    try (TestServer plain = TestServer.plain().on("/", TestServer.text("ok"));
        TestServer server =
            TestServer.tls(certificates.server())
                .on("/", TestServer.redirect(302, plain.uri("/")))) {
      HttpFailure failure = failure(server, "server.example", certificates.pem());
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.REDIRECT);
      assertThat(failure)
          .hasMessageEndingWith(
              "redirects to http://127.0.0.1:%d, which is not encrypted", plain.port());
      assertThat(plain.asked).isEmpty();
    }
  }

  @Test
  void aBadFileOfCertificatesIsToldBeforeAnythingIsSent() throws IOException {
    String pem = Files.readString(certificates.pem());
    expectBad(folder.resolve("missing.pem"), "does not exist");
    expectBad(folder, "cannot be read");
    expectBad(Files.writeString(folder.resolve("key.pem"), "hello"), "holds no certificate in PEM");
    expectBad(
        Files.writeString(folder.resolve("cut.pem"), pem + pem.substring(0, 100)),
        "ends inside certificate 2");
    expectBad(
        Files.writeString(folder.resolve("damaged.pem"), pem.replaceFirst("\nMII", "\nXXX")),
        "holds a certificate, number 1, that is damaged");
  }

  private static void expectBad(Path file, String what) {
    HttpFailure failure =
        catchThrowableOfType(HttpFailure.class, () -> Http.builder().caFile(file).build());
    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.BAD_CERTIFICATES);
    assertThat(failure).hasMessageStartingWith("the file of certificates " + file + " " + what);
    assertThat(failure.remedy()).isNotEmpty();
  }
}
