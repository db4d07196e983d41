package dev.cmdai.api;

import org.pf4j.ExtensionPoint;

/**
 * An engine that runs, or reaches, language models: the extension point of backend plugins.
 *
 * <p>The host creates one instance with the public no-argument constructor, asks {@link #probe}
 * whether it can work here, and only then {@linkplain #open opens} a model. A constructor must be
 * cheap and must not touch native code: listing backends creates every one of them.
 *
 * <p>Calls may come from any thread, but the host never calls one instance from two threads at
 * once. During every call the thread's context class loader is the plugin's own. Nothing may be
 * written to standard output or standard error; what a user should read goes to {@link
 * Diagnostics}.
 */
public interface InferenceBackend extends ExtensionPoint {

  /**
   * What this backend is. Constant, cheap, and equal to what the plugin's manifest says about ids
   * and formats.
   *
   * @return the descriptor, the same on every call
   */
  BackendDescriptor descriptor();

  /**
   * Whether this backend could serve a request now, and with which model.
   *
   * <p>Takes under 50 ms (a remote backend: {@link ProbeContext#networkTimeout()}), loads no model,
   * and never throws: what is wrong is an answer. The host gives up on a probe that hangs.
   *
   * @param context the models that could be used, best first, and the host's folders
   * @return ready with the model that {@link #open} should be given, or what is missing
   */
  Availability probe(ProbeContext context);

  /**
   * Loads a model.
   *
   * @param model a model that a probe named, or one that the user chose
   * @param options how to load it, and when to give up
   * @param progress told how far loading is, from the calling thread
   * @return a session that the caller closes
   * @throws BackendException when the model cannot be used; nothing stays allocated then
   */
  ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
      throws BackendException;
}
