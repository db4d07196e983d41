package dev.cmdai.host;

import dev.cmdai.api.ProbeContext;

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
}
