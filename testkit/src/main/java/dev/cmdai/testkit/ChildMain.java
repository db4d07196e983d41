package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Capability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.testkit.process.DeniedSockets;
import dev.cmdai.testkit.process.ThisProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * The program of a child process: {@code MODE REPORT CACHE CONTRACT ID FORMAT QUALITY [PATH]}.
 * Prints nothing itself, and uses nothing that might.
 */
final class ChildMain {
  /** Probe, then one request, without sockets. */
  static final String ONCE = "once";

  /** As {@link #ONCE}, for a backend that has to reach a server. */
  static final String ONCE_WITH_SOCKETS = "once-with-sockets";

  /** Opens and closes the model again and again. */
  static final String ROUNDS = "rounds";

  private static final int ALL_ROUNDS = 20;

  /** What the classes of a probe may take from their jars. */
  private static final long CLASSES = 1 << 20;

  private final BackendUnderTest subject;
  private final ChildReport report;

  private ChildMain(BackendUnderTest subject, ChildReport report) {
    this.subject = subject;
    this.report = report;
  }

  public static void main(String[] arguments) throws Exception {
    ChildReport report = new ChildReport(Path.of(arguments[1]));
    try {
      ModelReference model = model(arguments);
      BackendUnderTest subject =
          new BackendUnderTest(contract(arguments[3]), model, Path.of(arguments[2]));
      ChildMain child = new ChildMain(subject, report);
      switch (arguments[0]) {
        case ONCE -> child.once(true);
        case ONCE_WITH_SOCKETS -> child.once(false);
        case ROUNDS -> child.rounds();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (Throwable e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      report.tell(ChildReport.FAILURE, trace.toString());
    }
  }

  /** What {@link ChildMain} has to be started with to use a model. */
  static List<String> arguments(
      String mode, Path report, Path cache, Class<?> contract, ModelReference model) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                mode,
                report.toString(),
                cache.toString(),
                contract.getName(),
                model.id(),
                model.format(),
                String.valueOf(model.quality())));
    model.path().ifPresent(path -> arguments.add(path.toAbsolutePath().toString()));
    return arguments;
  }

  private static ModelReference model(String[] arguments) {
    int quality = Integer.parseInt(arguments[6]);
    return arguments.length == 7
        ? ModelReference.remote(arguments[4], quality)
        : ModelReference.local(arguments[4], arguments[5], Path.of(arguments[7]), quality);
  }

  private static InferenceBackendContract contract(String name)
      throws ReflectiveOperationException {
    Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
    constructor.setAccessible(true);
    return (InferenceBackendContract) constructor.newInstance();
  }

  private void once(boolean deniesSockets) throws IOException, BackendException {
    if (deniesSockets) {
      report.tell(ChildReport.KERNEL, String.valueOf(DeniedSockets.install()));
    }
    report.tell(ChildReport.LOADED, String.join("\n", loadedByAProbe()));
    try {
      report.tell(ChildReport.REPLY, subject.reply());
    } finally {
      report.tell(ChildReport.SOCKETS, String.join("\n", DeniedSockets.attempts()));
    }
  }

  private List<String> loadedByAProbe() throws IOException {
    boolean isKnown = ThisProcess.isKnown();
    ProbeContext context =
        ProbeContext.builder(subject.environment()).models(List.of(subject.model())).build();
    long before = isKnown ? ThisProcess.bytesRead() : 0;
    InferenceBackend backend = subject.backend();
    backend.descriptor();
    backend.probe(context);
    long read = isKnown ? ThisProcess.bytesRead() - before : 0;
    List<String> loaded = new ArrayList<>();
    Path natives = subject.environment().nativeCache();
    loaded.addAll(files(natives));
    Path model = subject.model().path().orElse(null);
    if (isKnown) {
      loaded.addAll(ThisProcess.mapped(natives));
    }
    if (isKnown && model != null) {
      loaded.addAll(ThisProcess.mapped(model));
      if (read > Math.max(CLASSES, size(model) / 2)) {
        loaded.add("%,d bytes of files, and the model has %,d".formatted(read, size(model)));
      }
    }
    return loaded;
  }

  private void rounds() throws IOException, BackendException {
    StringJoiner memory = new StringJoiner(",");
    for (int round = 0; round < ALL_ROUNDS; round++) {
      OpenOptions options =
          subject.options().prefixCached(subject.has(Capability.PREFIX_CACHE)).build();
      try (ModelSession session =
          subject.backend().open(subject.model(), options, LoadListener.NONE)) {
        subject.reply(session);
      }
      memory.add(String.valueOf(ThisProcess.residentBytes()));
    }
    report.tell(ChildReport.MEMORY, memory.toString());
  }

  private static List<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private static long size(Path model) throws IOException {
    long size = 0;
    for (String file : files(model)) {
      size += Files.size(Path.of(file));
    }
    return size;
  }
}
