package dev.cmdai.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offline nothing but this machine is asked for anything, name servers and proxies included. */
class OfflineTest {
  private final Http http;
  private TestServer server;

  OfflineTest() throws HttpFailure {
    http =
        Http.builder().offline(true).environment(Map.of("ALL_PROXY", "http://p.example")).build();
  }

  @BeforeEach
  void start() throws IOException {
    server = TestServer.plain().on("/", TestServer.text("here"));
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.9.9.9"})
  void thisMachineMayBeAsked(String host) throws IOException {
    boolean isOtherAddress = host.equals("127.9.9.9");
    try (Call call = http.call(Request.get(server.uri(host, "/")))) {
      if (isOtherAddress) {
        // The server listens at another address: tried, and refused by the system.
        HttpFailure refused = catchThrowableOfType(HttpFailure.class, call::reply);
        assertThat(refused.kind()).isEqualTo(HttpFailure.Kind.REFUSED);
      } else {
        assertThat(call.reply().status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://server.example/",
        "https://server.example/",
        "http://localhost.example/",
        "http://sub.localhost/",
        "http://127.0.0.1.example/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://[2001:db8::1]/",
        "http://[::ffff:10.0.0.1]/"
      })
  void nothingElseIsAskedOrLookedUp(String address) {
    Names.LOOKED_UP.clear();
    try (Call call = http.call(Request.get(URI.create(address)))) {
      HttpFailure failure = catchThrowableOfType(HttpFailure.class, call::reply);
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.OFFLINE);
      assertThat(failure).hasMessageStartingWith("offline, so http");
    }
    assertThat(Names.LOOKED_UP).isEmpty();
  }

  @Test
  void aRedirectLeadsNowhereElseEither() {
    TestServer elsewhere = server;
    server.on("/from", TestServer.redirect(302, elsewhere.uri("server.example", "/to")));
    Names.LOOKED_UP.clear();
    try (Call call = http.call(Request.get(server.uri("/from")))) {
      HttpFailure failure = catchThrowableOfType(HttpFailure.class, call::reply);
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.OFFLINE);
    }
    assertThat(Names.LOOKED_UP).isEmpty();
    assertThat(server.asked).hasSize(1);
  }
}
