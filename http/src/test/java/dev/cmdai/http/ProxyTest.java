package dev.cmdai.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests through a real proxy, with and without a tunnel. */
class ProxyTest {
  /** me:p@ss+ word, as a URL has to say it. */
  private static final String USER = "me:p%40ss+%20word@";

  private static final String CREDENTIALS = "Proxy-Authorization: Basic bWU6cEBzcysgd29yZA==";

  @TempDir static Path folder;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = Certificates.make(folder, "server.example");
  }

  @Test
  void tunnelsToServersWithTls() throws IOException {
    Names.LOOKED_UP.clear();
    try (TestServer server = TestServer.tls(certificates.server()).on("/", TestServer.text("ok"));
        ProxyOnLoopback proxy = new ProxyOnLoopback(server.port(), CREDENTIALS);
        Http http =
            Http.builder().environment(proxy.environment(USER)).caFile(certificates.pem()).build();
        Call call =
            http.call(
                Request.get(URI.create("https://server.example/x"))
                    .secret("Authorization", "key"))) {
      assertThat(call.reply().status()).isEqualTo(200);
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT server.example:443 HTTP/1.1")
          .doesNotContain("Authorization: key");
      assertThat(server.asked.getFirst().headers().get("Authorization")).containsExactly("key");
      assertThat(server.asked.getFirst().headers()).doesNotContainKey("Proxy-authorization");
    }
    // The proxy looks names up; the network here may not even know them.
    assertThat(Names.LOOKED_UP).doesNotContain("server.example");
  }

  @Test
  void handsPlainRequestsOver() throws IOException {
    try (TestServer server = TestServer.plain().on("/", TestServer.text("ok"));
        ProxyOnLoopback proxy = new ProxyOnLoopback(server.port(), CREDENTIALS);
        Http http = Http.builder().environment(proxy.environment(USER)).build();
        Call call = http.call(Request.get(URI.create("http://server.example/x")))) {
      assertThat(call.reply().status()).isEqualTo(200);
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("GET http://server.example/x HTTP/1.1");
    }
  }

  @Test
  void whatNeedsNoProxyNeverSeesItsPassword() throws IOException {
    try (TestServer server = TestServer.plain().on("/", TestServer.text("ok"));
        Http http =
            Http.builder()
                .environment(
                    Map.of("HTTP_PROXY", "http://" + USER + "p.invalid:1", "NO_PROXY", "example"))
                .build();
        Call call = http.call(Request.get(server.uri("server.example", "/")))) {
      assertThat(call.reply().status()).isEqualTo(200);
      assertThat(server.asked.getFirst().headers()).doesNotContainKey("Proxy-authorization");
    }
  }

  private static HttpFailure failure(Map<String, String> environment, String uri)
      throws IOException {
    try (Http http = Http.builder().environment(environment).build();
        Call call = http.call(Request.get(URI.create(uri)))) {
      HttpFailure failure = catchThrowableOfType(HttpFailure.class, call::reply);
      assertThat(failure.getMessage() + failure.remedy())
          .doesNotContain("pass word", "pass%20word", "wrong");
      return failure;
    }
  }

  @Test
  void aProxyThatWantsAPasswordSaysWhereToWriteIt() throws IOException {
    try (ProxyOnLoopback proxy = new ProxyOnLoopback(1, CREDENTIALS)) {
      for (String scheme : new String[] {"http", "https"}) {
        HttpFailure failure =
            failure(proxy.environment("me:wrong@"), scheme + "://server.example/");
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.PROXY);
        assertThat(failure)
            .hasMessageStartingWith("the proxy 127.0.0.1:")
            .hasMessageEndingWith("wants a user name and a password");
        assertThat(failure.remedy())
            .startsWith("Write them into " + (scheme + "_PROXY").toUpperCase(Locale.ROOT));
      }
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws IOException {
    HttpFailure refused = failure(Map.of("ALL_PROXY", "127.0.0.1:1"), "https://server.example/");
    assertThat(refused.kind()).isEqualTo(HttpFailure.Kind.REFUSED);
    assertThat(refused).hasMessage("nothing listens at the proxy 127.0.0.1:1 (ALL_PROXY)");
    HttpFailure unknown =
        failure(Map.of("ALL_PROXY", "http://me:pass%20word@p.invalid"), "http://server.example/");
    assertThat(unknown.kind()).isEqualTo(HttpFailure.Kind.UNKNOWN_HOST);
    assertThat(unknown).hasMessage("there is no host called p.invalid, which ALL_PROXY names");
  }

  @Test
  void aTunnelThatIsRefusedIsTold() throws IOException {
    try (RawServer proxy =
        new RawServer((socket, _) ->
            RawServer.write(socket, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))) {
      HttpFailure failure =
          failure(
              Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()), "https://server.example/");
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.PROXY);
      assertThat(failure).hasMessageContaining("does not let requests through");
    }
  }

  @Test
  void aProxyOfAnotherKindIsToldInsteadOfPassedBy() throws IOException {
    HttpFailure failure =
        failure(Map.of("ALL_PROXY", "socks5://me:pass word@p.test"), "https://server.example/");
    assertThat(failure).hasMessage("ALL_PROXY holds something that is no address");
    failure = failure(Map.of("ALL_PROXY", "socks5://me:pass%20word@p"), "https://server.example/");
    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.PROXY);
    assertThat(failure)
        .hasMessage("ALL_PROXY names a proxy of the kind socks5://, which cmdai cannot use");
  }
}
