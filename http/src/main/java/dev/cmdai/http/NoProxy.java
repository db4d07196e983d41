package dev.cmdai.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The servers that NO_PROXY exempts: {@code *}, hosts with their subdomains, addresses, networks
 * such as {@code 10.0.0.0/8}; each but the last may end with a port.
 */
final class NoProxy {
  private static final int ANY_PORT = -1;

  private final List<Entry> entries;

  private NoProxy(List<Entry> entries) {
    this.entries = entries;
  }

  /** One of them. */
  private sealed interface Entry {
    record Everything() implements Entry {}

    record Domain(String name, int port) implements Entry {}

    record Network(InetAddress start, int bits, int port) implements Entry {}
  }

  /** Reads what is separated by commas or blanks; what makes no sense exempts nothing. */
  static NoProxy parse(String text) {
    List<Entry> entries = new ArrayList<>();
    StringTokenizer parts = new StringTokenizer(text.toLowerCase(Locale.ROOT), ", \t");
    while (parts.hasMoreTokens()) {
      Entry entry = entry(parts.nextToken());
      if (entry != null) {
        entries.add(entry);
      }
    }
    return new NoProxy(entries);
  }

  private static @Nullable Entry entry(String part) {
    if (part.equals("*")) {
      return new Entry.Everything();
    }
    int slash = part.indexOf('/');
    if (slash >= 0) {
      return network(part.substring(0, slash), number(part.substring(slash + 1)), ANY_PORT);
    }
    int colon = part.lastIndexOf(':');
    boolean hasPort = colon >= 0 && (part.indexOf(':') == colon || part.charAt(colon - 1) == ']');
    int port = hasPort ? number(part.substring(colon + 1)) : ANY_PORT;
    String host = hasPort ? part.substring(0, colon) : part;
    if (hasPort && port < 0) {
      return null;
    }
    Entry address = network(host, Integer.MAX_VALUE, port);
    return address != null ? address : new Entry.Domain(bare(host), port);
  }

  private static @Nullable Entry network(String host, int bits, int port) {
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    InetAddress address =
        Addresses.literal(isBracketed ? host.substring(1, host.length() - 1) : host);
    return address == null || bits < 0
        ? null
        : new Entry.Network(address, Math.min(bits, 8 * address.getAddress().length), port);
  }

  /** Without the dots at either end, which change nothing. */
  private static String bare(String host) {
    String begun = host.startsWith(".") ? host.substring(1) : host;
    return begun.endsWith(".") ? begun.substring(0, begun.length() - 1) : begun;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Whether a server is exempt.
   *
   * @param host in lower case, without brackets
   */
  boolean holds(String host, int port) {
    InetAddress address = Addresses.literal(host);
    String name = bare(host);
    for (Entry entry : entries) {
      boolean isExempt =
          switch (entry) {
            case Entry.Everything() -> true;
            case Entry.Domain(String domain, int only) ->
                isPort(only, port) && (name.equals(domain) || name.endsWith("." + domain));
            case Entry.Network(InetAddress start, int bits, int only) ->
                isPort(only, port)
                    && address != null
                    && haveSameStart(address.getAddress(), start.getAddress(), bits);
          };
      if (isExempt) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPort(int only, int port) {
    return only == ANY_PORT || only == port;
  }

  private static boolean haveSameStart(byte[] a, byte[] b, int bits) {
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
