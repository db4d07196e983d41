package dev.cmdai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers NO_PROXY exempts, and which proxy the rest goes through. */
class NoProxyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                        | host.test        | 80   | true
          a.test b.test            | b.test           | 80   | true
          host.test                | host.test        | 80   | true
          HOST.test                | host.test        | 80   | true
          host.test.               | host.test        | 80   | true
          host.test                | host.test.       | 80   | true
          host.test                | www.host.test    | 80   | true
          .host.test               | www.host.test    | 80   | true
          .host.test               | host.test        | 80   | true
          host.test                | otherhost.test   | 80   | false
          a.test,host.test:8080    | host.test        | 8080 | true
          host.test:8080           | host.test        | 80   | false
          host.test:x              | host.test        | 80   | false
          10.1.2.3                 | 10.1.2.3         | 80   | true
          10.1.2.3:81              | 10.1.2.3         | 80   | false
          10.1.2.3                 | 10.1.2.30        | 80   | false
          10.0.0.0/8               | 10.255.0.1       | 80   | true
          10.0.0.0/8               | 11.0.0.1         | 80   | false
          192.168.128.0/17         | 192.168.129.1    | 80   | true
          192.168.128.0/17         | 192.168.127.1    | 80   | false
          10.0.0.0/x               | 10.0.0.1         | 80   | false
          10.0.0.0/8               | ten.test         | 80   | false
          2001:db8::1              | 2001:db8::1      | 80   | true
          [2001:db8::1]            | 2001:db8::1      | 80   | true
          [2001:db8::1]:8080       | 2001:db8::1      | 8080 | true
          [2001:db8::1]:8080       | 2001:db8::1      | 80   | false
          2001:db8::/32            | 2001:db8:1::2    | 80   | true
          2001:db8::/32            | 2001:db9::2      | 80   | false
          ''                       | host.test        | 80   | false
          ,:,]:1                   | host.test        | 80   | false
          """)
  void exemptsWhatCurlExempts(String text, String host, int port, boolean isExempt) {
    assertThat(NoProxy.parse(text).holds(host, port)).isEqualTo(isExempt);
  }

  private static @Nullable ProxyServer proxy(String uri, Map<String, String> environment)
      throws HttpFailure {
    return Proxies.of(environment).forUri(URI.create(uri));
  }

  @Test
  void aProxyIsForOneScheme() throws HttpFailure {
    Map<String, String> both = Map.of("HTTPS_PROXY", "http://s:1", "HTTP_PROXY", "p:2");
    assertThat(proxy("https://host.test", both)).hasToString("s:1 (HTTPS_PROXY)");
    assertThat(proxy("http://host.test", both)).hasToString("p:2 (HTTP_PROXY)");
    assertThat(proxy("http://host.test", Map.of("HTTPS_PROXY", "http://s:1"))).isNull();
  }

  @Test
  void allProxyIsForTheRestAndLowerCaseGoesFirst() throws HttpFailure {
    assertThat(proxy("http://h.test", Map.of("ALL_PROXY", "http://[::1]")))
        .hasToString("[::1]:1080 (ALL_PROXY)");
    assertThat(proxy("http://h.test", Map.of("HTTP_PROXY", "u:1", "http_proxy", "l:2")))
        .hasToString("l:2 (HTTP_PROXY)");
    assertThat(proxy("http://h.test", Map.of("HTTP_PROXY", " ", "ALL_PROXY", "a:3")))
        .hasToString("a:3 (ALL_PROXY)");
    assertThat(proxy("http://h.test", Map.of("HTTP_PROXY", "u:1", "no_proxy", "h.test"))).isNull();
  }

  @Test
  void thisMachineNeedsNoProxy() throws HttpFailure {
    for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "LOCALHOST"}) {
      assertThat(proxy("http://" + host + ":11434", Map.of("ALL_PROXY", "p:1"))).isNull();
    }
  }
}
