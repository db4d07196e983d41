package dev.cmdai.host;

import dev.cmdai.api.InferenceBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.pf4j.ExtensionPoint;

/** Builds one plugin jar for a test: sources are compiled, manifest and index are written. */
public final class PluginJars {
  /** Compiling is the slow part, and most sources come again: classes by their source. */
  private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED =
      new ConcurrentHashMap<>();

  private static final int MAJOR_VERSION_OFFSET = 7;

  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private String index = "";
  private int classVersion;

  private PluginJars() {}

  /** A plugin with that id, which offers one backend with the same id for GGUF models. */
  static PluginJars plugin(String id) {
    return new PluginJars()
        .manifest("Plugin-Id", id)
        .manifest("Plugin-Version", "1.0.0")
        .manifest("Cmdai-Api", "1")
        .manifest("Cmdai-Backends", id + ":gguf");
  }

  /** A plugin with that id and a backend that works. */
  static PluginJars working(String id) {
    return plugin(id).backend(BackendSource.of(id));
  }

  /** A plugin with that id and one reader of GGUF files: a tokenizer provider or an inspector. */
  public static PluginJars reading(String id, ReaderSource reader) {
    return plugin(id)
        .without("Cmdai-Backends")
        .manifest(reader.manifestKey(), "gguf")
        .source(reader.className(), reader.code())
        .extension(reader.className());
  }

  PluginJars manifest(String key, String value) {
    manifest.put(key, value);
    return this;
  }

  PluginJars without(String key) {
    manifest.remove(key);
    return this;
  }

  /** Adds a class that the index names. */
  PluginJars backend(BackendSource backend) {
    return source(backend.className(), backend.code()).extension(backend.className());
  }

  PluginJars source(String className, String code) {
    sources.put(className, code);
    return this;
  }

  /** Adds a line to the index. */
  PluginJars extension(String className) {
    index += className + "\n";
    return this;
  }

  PluginJars withoutIndex() {
    index = "";
    return this;
  }

  PluginJars entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  PluginJars entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the classes as if a newer compiler had made them. */
  PluginJars classVersion(int version) {
    classVersion = version;
    return this;
  }

  /** The classes, to be tampered with. */
  Map<String, byte[]> classes() {
    return COMPILED.computeIfAbsent(Map.copyOf(sources), PluginJars::compile);
  }

  public Path writeTo(Path jar) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    if (!index.isEmpty()) {
      all.put("META-INF/extensions.idx", index.getBytes(StandardCharsets.UTF_8));
    }
    if (!sources.isEmpty()) {
      classes().forEach((name, bytes) -> all.put(name, withClassVersion(bytes)));
    }
    all.putAll(entries);
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest())) {
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        zip.putNextEntry(new JarEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return jar;
  }

  private byte[] withClassVersion(byte[] classFile) {
    byte[] patched = classFile.clone();
    if (classVersion > 0) {
      patched[MAJOR_VERSION_OFFSET] = (byte) classVersion;
    }
    return patched;
  }

  private Manifest manifest() {
    Manifest result = new Manifest();
    Attributes attributes = result.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach((key, value) -> attributes.put(new Attributes.Name(key), value));
    return result;
  }

  private static Map<String, byte[]> compile(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<SimpleJavaFileObject> units =
          sources.entrySet().stream().map(e -> unit(e.getKey(), e.getValue())).toList();
      boolean isDone =
          compiler
              .getTask(
                  messages,
                  new InMemory(files, classes),
                  null,
                  List.of("-classpath", apiClassPath(), "-proc:none", "-nowarn"),
                  null,
                  units)
              .call();
      if (!isDone) {
        throw new IllegalArgumentException(messages + "\n" + sources);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().toByteArray()));
  }

  /** What a plugin author has: the API and pf4j, nothing of the host. */
  private static String apiClassPath() {
    return Stream.of(InferenceBackend.class, ExtensionPoint.class, org.slf4j.Logger.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> Path.of(URI.create(location.toString())).toString())
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static SimpleJavaFileObject unit(String className, String code) {
    URI name = URI.create("string:///" + className.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  /** Keeps class files in memory. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      String entry = className.replace('.', '/') + ".class";
      return new SimpleJavaFileObject(URI.create("mem:///" + entry), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(entry, bytes);
          return bytes;
        }
      };
    }
  }
}
