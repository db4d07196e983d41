package dev.cmdai.host;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the host that plugins see: the parent of every plugin's class loader.
 *
 * <p>Everything else of the host is hidden, classes and resources alike: a plugin must not come to
 * depend on the host's libraries, and pf4j must not take the host's extensions for the plugin's.
 */
final class SharedClasses extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final List<String> PACKAGES =
      List.of(
          // The extension points: both sides must mean the same classes.
          "dev.cmdai.api.",
          // ExtensionPoint, Extension and Plugin, which extensions inherit from.
          "org.pf4j.",
          // Plugin.log is a logger, so its type belongs to pf4j's API.
          "org.slf4j.");

  private final ClassLoader host;

  SharedClasses() {
    // The platform loader is the JDK without the host's class path.
    super("cmdai-shared", ClassLoader.getPlatformClassLoader());
    host = SharedClasses.class.getClassLoader();
  }

  /** Whether a class comes from the host even when a plugin carries a copy of it. */
  static boolean includes(String className) {
    for (String prefix : PACKAGES) {
      if (className.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (includes(name)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return includes(name.replace('/', '.')) ? host.getResource(name) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return includes(name.replace('/', '.'))
        ? host.getResources(name)
        : Collections.emptyEnumeration();
  }
}
