package dev.cmdai.host;

import dev.cmdai.api.ProbeContext;
import java.util.List;

/** Says what each backend is told when it is probed: the models there are for it, and settings. */
@FunctionalInterface
public interface ProbeContexts {
  /**
   * The context for one backend.
   *
   * @param backend a backend whose plugin need not be loaded
   * @return its models best first, and the settings of its plugin
   */
  ProbeContext contextFor(InstalledBackend backend);

  /**
   * How often the user has set a backend up.
   *
   * @param backend a backend as its plugin offers it
   * @return the names of its uses, at least one; empty for the use without a name
   */
  default List<String> profiles(InstalledBackend backend) {
    return List.of("");
  }
}
