package dev.cmdai.pull;

import dev.cmdai.http.Reply;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of a file before its bytes.
 *
 * @param from the first byte that comes
 * @param size of the whole file; 0 when unknown
 * @param etag for {@code If-Range}; "" when there is none that may be used
 * @param sha256 of the whole file, as Hugging Face says it; "" when unknown
 * @param isFramed whether a body that breaks off can be told from one that ends
 */
record Announcement(long from, long size, String etag, String sha256, boolean isFramed) {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

  /**
   * Reads the headers of a reply with status 200 or 206. Hugging Face says hash and size of the
   * whole file on the first hop alone, before it sends the client to where the file is.
   */
  static Announcement of(Reply reply) {
    HttpHeaders first = reply.firstHeaders();
    long linked = number(first.firstValue("X-Linked-Size").orElse(""));
    long from = 0;
    long size = reply.headers().firstValueAsLong("Content-Length").orElse(0);
    if (reply.status() == 206) {
      Matcher range = RANGE.matcher(reply.header("Content-Range").orElse(""));
      boolean isRange = range.matches();
      from = isRange ? number(range.group(1)) : -1;
      size = isRange ? number(range.group(2)) : 0;
    }
    return new Announcement(
        from,
        linked > 0 ? linked : size,
        strong(reply.header("ETag").orElse("")),
        hash(first.firstValue("X-Linked-ETag").orElse("")),
        reply.headers().firstValueAsLong("Content-Length").isPresent()
            || reply
                .header("Transfer-Encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("chunked"));
  }

  /** What the reply itself says, against what the first hop says. */
  static OptionalLong contradiction(Reply reply, Announcement announced) {
    OptionalLong length = reply.headers().firstValueAsLong("Content-Length");
    return length.isPresent()
            && announced.size() > 0
            && announced.from() >= 0
            && announced.from() + length.getAsLong() != announced.size()
        ? length
        : OptionalLong.empty();
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  /** RFC 9110, 13.1.5: a weak tag must not be used in If-Range. */
  private static String strong(String etag) {
    return etag.startsWith("\"") && etag.endsWith("\"") && etag.length() > 2 ? etag : "";
  }

  private static String hash(String etag) {
    String bare = etag.replace("\"", "").toLowerCase(Locale.ROOT);
    return bare.matches("[0-9a-f]{64}") ? bare : "";
  }
}
