package dev.cmdai.host;

import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.VersionManager;

/**
 * A pf4j of its own for one plugin and the plugins that it needs.
 *
 * <p>pf4j is not thread-safe and runs plugin code in the midst of its own; with one for each
 * plugin, a plugin that hangs holds nothing that another one waits for. What discovery already read
 * is handed over instead of being read again, and nothing is looked up in folders or system
 * properties.
 */
final class PluginRealm extends AbstractPluginManager {
  private final Map<Path, PluginFile> files;
  private final SharedClasses shared;

  /**
   * Loads the plugins' descriptors; no class of theirs yet.
   *
   * @param inOrder each plugin after those it needs
   * @param shared what all of them see of the host
   */
  PluginRealm(List<PluginFile> inOrder, SharedClasses shared) {
    // Before super(): pf4j's constructor calls the methods below.
    this.shared = shared;
    this.files = new LinkedHashMap<>();
    super(inOrder.getLast().path());
    inOrder.forEach(plugin -> files.put(plugin.path(), plugin));
    inOrder.forEach(plugin -> loadPlugin(plugin.path()));
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new PluginDescriptorFinder() {
      @Override
      public boolean isApplicable(Path path) {
        return true;
      }

      @Override
      public PluginDescriptor find(Path path) {
        return descriptor(plugin(path).manifest());
      }
    };
  }

  private PluginFile plugin(Path path) {
    PluginFile plugin = files.get(path);
    if (plugin == null) {
      throw new IllegalArgumentException(path + " is not of this realm");
    }
    return plugin;
  }

  private static PluginDescriptor descriptor(PluginManifest manifest) {
    DefaultPluginDescriptor descriptor =
        new DefaultPluginDescriptor(
            manifest.id(),
            manifest.description(),
            manifest.pluginClass().isEmpty() ? Plugin.class.getName() : manifest.pluginClass(),
            manifest.version(),
            manifest.requires(),
            manifest.provider(),
            manifest.license());
    for (RequiredPlugin other : manifest.requiredPlugins()) {
      String optional = other.isOptional() ? "?" : "";
      descriptor.addDependency(new PluginDependency(other.id() + optional + "@" + other.range()));
    }
    return descriptor;
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new PluginLoader() {
      @Override
      public boolean isApplicable(Path path) {
        return true;
      }

      @Override
      public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
        try {
          PluginClasses classes = new PluginClasses(PluginRealm.this, descriptor, shared);
          classes.addURL(path.toUri().toURL());
          return classes;
        } catch (MalformedURLException e) {
          throw new IllegalArgumentException(path.toString(), e);
        }
      }
    };
  }

  /** The plugin's own classes first, except for those that it shares with the host. */
  private static final class PluginClasses extends PluginClassLoader {
    PluginClasses(PluginManager realm, PluginDescriptor descriptor, SharedClasses shared) {
      super(realm, descriptor, shared);
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
      return SharedClasses.includes(className);
    }
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    IndexedExtensionFinder finder =
        new IndexedExtensionFinder(this) {
          @Override
          public Map<String, Set<String>> readPluginsStorages() {
            Map<String, Set<String>> names = new LinkedHashMap<>();
            for (PluginFile plugin : files.values()) {
              names.put(plugin.id(), new LinkedHashSet<>(plugin.extensionClasses()));
            }
            return names;
          }

          @Override
          public Map<String, Set<String>> readClasspathStorages() {
            return Map.of();
          }
        };
    // Left alone, an optional dependency makes pf4j reach for asm, which does not ship.
    finder.setCheckForExtensionDependencies(false);
    addPluginStateListener(finder);
    return finder;
  }

  /** pf4j's own logs what goes wrong and returns null; here it is thrown. */
  @Override
  protected PluginFactory createPluginFactory() {
    return wrapper -> {
      String name = wrapper.getDescriptor().getPluginClass();
      try {
        Class<?> type = wrapper.getPluginClassLoader().loadClass(name);
        if (!Plugin.class.isAssignableFrom(type)) {
          throw new PluginRuntimeException("its Plugin-Class " + name + " is no pf4j plugin");
        }
        return newPlugin(type.asSubclass(Plugin.class), wrapper);
      } catch (ReflectiveOperationException e) {
        throw new PluginRuntimeException(e);
      }
    };
  }

  /** With pf4j's old constructor, which many examples still show, or without parameters. */
  private static Plugin newPlugin(Class<? extends Plugin> type, PluginWrapper wrapper)
      throws ReflectiveOperationException {
    for (Constructor<?> constructor : type.getConstructors()) {
      if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {PluginWrapper.class})) {
        return (Plugin) constructor.newInstance(wrapper);
      }
    }
    return type.getConstructor().newInstance();
  }

  @Override
  protected ExtensionFactory createExtensionFactory() {
    return new DefaultExtensionFactory();
  }

  @Override
  protected VersionManager createVersionManager() {
    return new DefaultVersionManager();
  }

  /** Files such as {@code disabled.txt} have no say: whom the host asks for is wanted. */
  @Override
  protected PluginStatusProvider createPluginStatusProvider() {
    return new PluginStatusProvider() {
      @Override
      public boolean isPluginDisabled(String pluginId) {
        return false;
      }

      @Override
      public void disablePlugin(String pluginId) {}

      @Override
      public void enablePlugin(String pluginId) {}
    };
  }

  @Override
  protected PluginRepository createPluginRepository() {
    return new PluginRepository() {
      @Override
      public List<Path> getPluginPaths() {
        return List.copyOf(files.keySet());
      }

      @Override
      public boolean deletePluginPath(Path pluginPath) {
        return false;
      }
    };
  }
}
