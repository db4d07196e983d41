package dev.cmdai.testkit.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Denies every socket to this process and remembers who asked for one.
 *
 * <p>Java code is refused where the JDK makes sockets, so that the attempt has a stack trace;
 * native code is stopped by the kernel where that is possible. Channels are denied only in a JVM
 * that was started with the {@link #jvmOptions()}; name look-ups outside Linux, too.
 *
 * <p>Public because the JDK itself creates it, as its provider of channels.
 */
public final class DeniedSockets extends SelectorProvider {
  /** The exit status of a process that the kernel ended for opening a socket: 128 + SIGSYS. */
  public static final int EXIT_STATUS = 128 + 31;

  private static final List<String> ATTEMPTS = new CopyOnWriteArrayList<>();

  /** Created by the JDK. */
  public DeniedSockets() {}

  /**
   * What a JVM has to be started with.
   *
   * @return command-line options
   */
  public static List<String> jvmOptions() {
    String channels = "-Djava.nio.channels.spi.SelectorProvider=" + DeniedSockets.class.getName();
    // On Linux a look-up opens a socket, which the kernel sees. Elsewhere the JDK is told to look
    // into a hosts file alone, and there is none.
    return System.getProperty("os.name").startsWith("Linux")
        ? List.of(channels)
        : List.of(channels, "-Djdk.net.hosts.file=/no/such/hosts");
  }

  /**
   * Denies sockets from now on, for good.
   *
   * @return true when the kernel denies them to native code too
   */
  @SuppressWarnings("deprecation") // There is no other way to refuse the sockets of java.net.
  public static boolean install() {
    try {
      Socket.setSocketImplFactory(() -> {
        throw refusedUnchecked("a socket");
      });
      ServerSocket.setSocketFactory(() -> {
        throw refusedUnchecked("a server socket");
      });
      DatagramSocket.setDatagramSocketImplFactory(() -> {
        throw refusedUnchecked("a datagram socket");
      });
    } catch (IOException e) {
      throw new IllegalStateException("sockets were denied before", e);
    }
    // The JDK's library for networks, which file channels load too, opens a socket when it is
    // loaded
    // to see which addresses there are.
    InetAddress.getLoopbackAddress();
    return SocketFilter.install();
  }

  /**
   * Who asked for a socket.
   *
   * @return a stack trace for each attempt in Java code
   */
  public static List<String> attempts() {
    return List.copyOf(ATTEMPTS);
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    throw refused("a datagram channel");
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    throw refused("a datagram channel");
  }

  @Override
  public Pipe openPipe() throws IOException {
    throw refused("a pipe of channels");
  }

  @Override
  public AbstractSelector openSelector() throws IOException {
    throw refused("a selector of channels");
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() throws IOException {
    throw refused("a server socket channel");
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    throw refused("a socket channel");
  }

  @Override
  public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
    throw refused("a socket channel");
  }

  private static IOException refused(String what) {
    IOException refusal = new IOException("this process may not open " + what);
    remember(refusal);
    return refusal;
  }

  private static SecurityException refusedUnchecked(String what) {
    SecurityException refusal = new SecurityException("this process may not open " + what);
    remember(refusal);
    return refusal;
  }

  private static void remember(Exception refusal) {
    StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    ATTEMPTS.add(trace.toString());
  }
}
