package dev.cmdai.testkit.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells the Linux kernel to end this process when any of its threads, in Java or in native code,
 * asks for a network socket.
 *
 * <p>A filter of system calls, as {@code seccomp(2)} describes it. It ends the process instead of
 * refusing the socket, because code that shrugs off a refusal has tried all the same. Sockets of
 * the families {@code AF_UNIX} and {@code AF_NETLINK} stay allowed: the C library asks them for the
 * user's name and for the network's state, and neither leaves the machine.
 */
final class SocketFilter {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
  private static final int AF_UNIX = 1;
  private static final int AF_NETLINK = 16;

  // linux/bpf_common.h
  private static final short LOAD = 0x20;
  private static final short JUMP_IF_EQUAL = 0x15;
  private static final short RETURN = 0x06;

  // struct seccomp_data, little-endian
  private static final int AT_NUMBER = 0;
  private static final int AT_ARCHITECTURE = 4;
  private static final int AT_FIRST_ARGUMENT = 16;

  private static final int KILL_PROCESS = 0x8000_0000;
  private static final int ALLOW = 0x7fff_0000;

  /** Bytes of a {@code struct sock_filter}. */
  private static final int INSTRUCTION = 8;

  private SocketFilter() {}

  /** The numbers by which a kind of processor names things. */
  private record Numbers(int architecture, int socket, int seccomp) {
    static Optional<Numbers> ofThisMachine() {
      if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
        return Optional.empty();
      }
      return switch (System.getProperty("os.arch")) {
        case "amd64" -> Optional.of(new Numbers(0xC000_003E, 41, 317));
        case "aarch64" -> Optional.of(new Numbers(0xC000_00B7, 198, 277));
        default -> Optional.empty();
      };
    }
  }

  /**
   * Installs the filter, for every thread and for good.
   *
   * @return false where the system knows no such filter, or allows none
   */
  static boolean install() {
    Numbers numbers = Numbers.ofThisMachine().orElse(null);
    Linker.Option variadic = Linker.Option.firstVariadicArg(1);
    MethodHandle prctl =
        CLibrary.find(
                "prctl",
                FunctionDescriptor.of(
                    JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                variadic)
            .orElse(null);
    MethodHandle syscall =
        CLibrary.find(
                "syscall",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS),
                variadic)
            .orElse(null);
    if (numbers == null || prctl == null || syscall == null) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      return CLibrary.call(prctl, PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0
          && CLibrary.call(
                  syscall,
                  (long) numbers.seccomp(),
                  (long) SECCOMP_SET_MODE_FILTER,
                  (long) SECCOMP_FILTER_FLAG_TSYNC,
                  program(numbers, arena))
              == 0;
    }
  }

  /** A {@code struct sock_fprog}; a jump skips so many instructions when equal, or when not. */
  private static MemorySegment program(Numbers numbers, Arena arena) {
    long[] instructions = {
      instruction(LOAD, 0, 0, AT_ARCHITECTURE),
      instruction(JUMP_IF_EQUAL, 0, 5, numbers.architecture()),
      instruction(LOAD, 0, 0, AT_NUMBER),
      instruction(JUMP_IF_EQUAL, 0, 4, numbers.socket()),
      instruction(LOAD, 0, 0, AT_FIRST_ARGUMENT),
      instruction(JUMP_IF_EQUAL, 2, 0, AF_UNIX),
      instruction(JUMP_IF_EQUAL, 1, 0, AF_NETLINK),
      instruction(RETURN, 0, 0, KILL_PROCESS),
      instruction(RETURN, 0, 0, ALLOW),
    };
    MemorySegment filter = arena.allocateFrom(JAVA_LONG, instructions);
    MemorySegment program = arena.allocate(16, ADDRESS.byteAlignment());
    program.set(JAVA_SHORT, 0, (short) (filter.byteSize() / INSTRUCTION));
    program.set(ADDRESS, 8, filter);
    return program;
  }

  /** A {@code struct sock_filter} as a little-endian number, which both processors are. */
  private static long instruction(short code, int ifEqual, int ifNot, int operand) {
    return Short.toUnsignedLong(code)
        | ((long) ifEqual << (2 * Byte.SIZE))
        | ((long) ifNot << (3 * Byte.SIZE))
        | (Integer.toUnsignedLong(operand) << Integer.SIZE);
  }
}
