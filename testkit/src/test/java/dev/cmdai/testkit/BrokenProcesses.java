package dev.cmdai.testkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.api.TokenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Backends whose faults only a process of its own shows. */
final class BrokenProcesses {
  private BrokenProcesses() {}

  @Breaks(value = "probeLoadsNothing", inProcesses = true)
  static final class ReadsTheModelToProbe extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public Availability probe(ProbeContext context) {
          Availability answer = super.probe(context);
          if (answer instanceof Availability.Ready ready) {
            read(ready.model().path().orElseThrow());
          }
          return answer;
        }
      };
    }

    private static void read(Path file) {
      try {
        Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Breaks(value = "probeLoadsNothing", inProcesses = true)
  static final class UnpacksToProbe extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public Availability probe(ProbeContext context) {
          Path folder = context.environment().nativeCache().resolve("words");
          try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("libwords.so"), "");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return super.probe(context);
        }
      };
    }
  }

  /** Does something before each request, in child processes alone: not to the build itself. */
  abstract static class DoesInChild extends WordContract {
    abstract void act() throws Throwable;

    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          if (System.getProperty("java.nio.channels.spi.SelectorProvider") != null) {
            try {
              act();
            } catch (Throwable e) {
              // A backend that shrugs off that it may not.
            }
          }
          return super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks(value = "worksWithSocketsDenied", inProcesses = true)
  static final class OpensASocket extends DoesInChild {
    @Override
    void act() throws IOException {
      new Socket(InetAddress.getLoopbackAddress(), 9).close();
    }
  }

  @Breaks(value = "worksWithSocketsDenied", inProcesses = true)
  static final class OpensAChannel extends DoesInChild {
    @Override
    void act() throws IOException {
      SocketChannel.open().close();
    }
  }

  /** Only the kernel sees this one, and only Linux is asked to look. */
  @Breaks(value = "worksWithSocketsDenied", inProcesses = true)
  static final class OpensANativeSocket extends DoesInChild {
    @Override
    void act() throws Throwable {
      Linker linker = Linker.nativeLinker();
      linker
          .downcallHandle(
              linker.defaultLookup().findOrThrow("socket"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT))
          .invokeWithArguments(2, 1, 0);
    }
  }

  /** As above. */
  @Breaks(value = "worksWithSocketsDenied", inProcesses = true)
  static final class LooksUpAName extends DoesInChild {
    @Override
    void act() throws IOException {
      InetAddress.getAllByName("telemetry.invalid");
    }
  }

  @Breaks(value = "nothingIsPrinted", inProcesses = true)
  static final class PrintsOnStandardOutput extends DoesInChild {
    @Override
    void act() {
      System.out.print(".");
    }
  }

  @Breaks(value = "nothingIsPrinted", inProcesses = true)
  static final class PrintsFromNativeCode extends DoesInChild {
    @Override
    void act() throws Throwable {
      Linker linker = Linker.nativeLinker();
      try (Arena arena = Arena.ofConfined()) {
        linker
            .downcallHandle(
                linker.defaultLookup().findOrThrow("write"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG))
            .invokeWithArguments(2, arena.allocateFrom("loading"), 7L);
      }
    }
  }

  @Breaks(value = "memoryComesBackAfterTwentyRounds", inProcesses = true)
  static final class LeaksAMegabyteOfNativeMemory extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          Arena.global().allocate(1 << 20).fill((byte) 1);
          return super.open(model, options, progress);
        }
      };
    }
  }

  @Breaks(value = "memoryComesBackAfterTwentyRounds", inProcesses = true)
  static final class KeepsAMegabyteOfObjects extends WordContract {
    private static final List<byte[]> KEPT = new ArrayList<>();

    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          KEPT.add(new byte[1 << 20]);
          return super.open(model, options, progress);
        }
      };
    }
  }
}
