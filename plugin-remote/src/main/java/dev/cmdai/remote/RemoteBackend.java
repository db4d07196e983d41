package dev.cmdai.remote;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Capability;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.http.Http;
import dev.cmdai.kit.session.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Asks models that servers run. The host makes an instance for each server of the user's. */
@Extension
public final class RemoteBackend implements InferenceBackend {
  private static final String VERSION = "0.1.0";
  private static final BackendDescriptor DESCRIPTOR =
      BackendDescriptor.builder("remote", "remote server", VERSION)
          .capabilities(Capability.STREAMING, Capability.JSON_SCHEMA)
          .remote()
          .build();

  /** Of a server nobody knows how good its model is. */
  private static final int UNKNOWN_QUALITY = 0;

  private final Map<String, String> variables;
  private final List<Search.LocalServer> usual;

  /** What the last probe found, until it is opened. */
  private @Nullable Opening probed;

  /** Creates the backend; contacts nobody. */
  public RemoteBackend() {
    this(System.getenv(), Search.USUAL);
  }

  RemoteBackend(Map<String, String> variables, List<Search.LocalServer> usual) {
    this.variables = variables;
    this.usual = usual;
  }

  /** A server that was found, and the connection to it. */
  private record Opening(Http http, Found found) {}

  @Override
  public BackendDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Availability probe(ProbeContext context) {
    forget();
    // From when the client is there: what its classes take to load is no server's fault.
    Function<Http, Limits> limits =
        http -> {
          WarmUp.of(http);
          return new Limits(Deadline.after(context.networkTimeout()), new Cancellation());
        };
    String wanted =
        context.models().stream()
            .filter(model -> model.path().isEmpty())
            .map(ModelReference::id)
            .findFirst()
            .orElse("");
    try {
      Opening opening = search(context.environment(), wanted, limits);
      probed = opening;
      Found found = opening.found();
      String name = wanted.isEmpty() ? found.server().profile().model() : wanted;
      Optional<ServerModel> model = found.model(name);
      if (model.isEmpty()) {
        BackendException.ModelNotFound none = found.withoutModel(name);
        return new Availability.Unavailable(String.valueOf(none.getMessage()), none.remedy());
      }
      String detail = found.server().origin() + " (" + found.protocol().title() + ")";
      String id = wanted.isEmpty() ? model.get().id() : wanted;
      return new Availability.Ready(ModelReference.remote(id, UNKNOWN_QUALITY), detail);
    } catch (BackendException.DeadlineExceeded e) {
      return new Availability.Unavailable(
          "no answer within " + context.networkTimeout().toMillis() + " ms",
          "A server that is slow or far away is waited for when you name it: --backend "
              + named(context.environment()));
    } catch (BackendException e) {
      return new Availability.Unavailable(String.valueOf(e.getMessage()), e.remedy());
    }
  }

  @Override
  public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
      throws BackendException {
    Limits limits = new Limits(options.deadline(), options.cancellation());
    limits.check("opening " + model.id());
    HostEnvironment environment = options.environment();
    Opening opening = probed == null ? search(environment, model.id(), _ -> limits) : probed;
    probed = null;
    Found found = opening.found();
    ServerModel asked = found.model(model.id()).orElse(null);
    if (asked == null) {
      opening.http().close();
      throw found.withoutModel(model.id());
    }
    Profile profile = found.server().profile();
    if (profile.hasKeyInFile(environment)) {
      environment
          .diagnostics()
          .warning(
              "the key of "
                  + profile.name()
                  + " stands in the configuration file; put it into a variable and name that with"
                  + " api_key_env");
    }
    return new RemoteSession(opening.http(), found, asked, environment.diagnostics());
  }

  private Opening search(HostEnvironment environment, String wanted, Function<Http, Limits> limits)
      throws BackendException {
    Profile profile = Profile.of(environment, variables);
    Http http =
        Search.client(
            Http.builder()
                .userAgent("cmdai/" + VERSION)
                .environment(variables)
                .caFile(profile.caFile())
                .offline(environment.isOffline()));
    try {
      String model = wanted.isEmpty() ? profile.model() : wanted;
      return new Opening(http, new Search(profile, http, usual, limits.apply(http)).find(model));
    } catch (BackendException | RuntimeException e) {
      http.close();
      throw e;
    }
  }

  private static String named(HostEnvironment environment) {
    return environment.profile().isEmpty() ? "remote" : "remote:" + environment.profile();
  }

  private void forget() {
    if (probed != null) {
      probed.http().close();
      probed = null;
    }
  }
}
