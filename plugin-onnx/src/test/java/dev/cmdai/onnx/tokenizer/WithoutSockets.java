package dev.cmdai.onnx.tokenizer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.tokenizer.Tokenizer;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The main class of a process that the kernel kills as soon as any of its threads asks for a socket
 * of the internet's families; see seccomp(2).
 */
final class WithoutSockets {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
  private static final int KILL_PROCESS = 0x8000_0000;
  private static final int ALLOW = 0x7FFF_0000;

  private static final boolean IS_X64 = System.getProperty("os.arch").equals("amd64");
  private static final int SECCOMP = IS_X64 ? 317 : 277;
  private static final int SOCKET = IS_X64 ? 41 : 198;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private WithoutSockets() {}

  /** Arguments: what to do, the tokenizer, and a folder for the native library. */
  public static void main(String[] arguments) throws Throwable {
    // The JDK's own library tries, when it is loaded, whether this system knows IPv6.
    FileChannel.open(Path.of(arguments[1])).close();
    forbidSockets();
    if (arguments[0].equals("connect")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 9)) {
        System.out.println(socket);
      }
    }
    HostEnvironment host = HostEnvironment.builder(Path.of(arguments[2])).build();
    Tokenizer tokenizer = new HuggingFaceTokenizers().open(Path.of(arguments[1]), host);
    int[] ids = tokenizer.encode("list all files", true, true);
    System.out.println(
        Arrays.toString(ids)
            + " "
            + tokenizer.decode(ids, true, true)
            + " "
            + System.getProperty("OPT_OUT_TRACKING")
            + " "
            + System.getProperty("ai.djl.offline"));
  }

  /** A filter of seven instructions, each {@code {u16 code; u8 jt; u8 jf; u32 k}}. */
  private static void forbidSockets() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      long[] filter = {
        instruction(0x20, 0, 0, 0), // load the number of the call
        instruction(0x15, 0, 3, SOCKET),
        instruction(0x20, 0, 0, 16), // load the low half of the first argument
        instruction(0x15, 2, 0, AF_INET),
        instruction(0x15, 1, 0, AF_INET6),
        instruction(0x06, 0, 0, ALLOW),
        instruction(0x06, 0, 0, KILL_PROCESS),
      };
      MemorySegment program = arena.allocate(16, 8);
      program.set(JAVA_SHORT, 0, (short) filter.length);
      program.set(ADDRESS, 8, arena.allocateFrom(JAVA_LONG, filter));
      MethodHandle prctl =
          function(
              "prctl",
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
              1);
      require((int) prctl.invokeExact(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0);
      MethodHandle syscall =
          function(
              "syscall",
              FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS),
              1);
      require(
          (long)
                  syscall.invokeExact(
                      (long) SECCOMP,
                      (long) SECCOMP_SET_MODE_FILTER,
                      (long) SECCOMP_FILTER_FLAG_TSYNC,
                      program)
              == 0);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type, int firstVariadic) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        type,
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  private static long instruction(int code, int ifTrue, int ifFalse, int operand) {
    return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) operand << 32;
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("the kernel takes no filter");
    }
  }
}
