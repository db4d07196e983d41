package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin sees of the host, and of other plugins. */
class PluginIsolationTest extends HostFixture {
  /** A plugin whose reply is the value of a Java expression. */
  private String evaluated(String expression, String... resources)
      throws IOException, BackendException {
    PluginJars jar =
        PluginJars.plugin("asking")
            .backend(
                BackendSource.of("asking")
                    .with(
                        "members",
                        "static Object answer() throws Exception { return " + expression + "; }")
                    .with(
                        "complete",
                        "String reply; try { reply = String.valueOf(answer()); } catch (Throwable"
                            + " e) { reply = e.toString(); } return Completion.builder(reply,"
                            + " FinishReason.END_OF_TEXT).build();"));
    for (String resource : resources) {
      jar.entry(resource, "content of " + resource);
    }
    jar.writeTo(jar("asking.jar"));
    return complete(candidate(host(), "asking"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.cmdai.host.PluginHost",
        "dev.cmdai.names.NearestNames",
        "picocli.CommandLine",
        "com.github.zafarkhaja.semver.Version",
        "org.junit.jupiter.api.Test"
      })
  void doesNotSeeTheHostsClasses(String name) throws IOException, BackendException {
    assertThat(evaluated("Class.forName(\"" + name + "\")"))
        .isEqualTo("java.lang.ClassNotFoundException: " + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.cmdai.api.InferenceBackend",
        "org.pf4j.Extension",
        "org.slf4j.Logger",
        "java.net.http.HttpClient",
        "javax.tools.JavaCompiler",
        "java.sql.Driver"
      })
  void seesTheApiAndTheJdk(String name) throws IOException, BackendException {
    assertThat(evaluated("Class.forName(\"" + name + "\").getName()")).isEqualTo(name);
  }

  @Test
  void sharesTheClassesOfTheApiWithTheHost() throws IOException, BackendException {
    assertThat(
            evaluated("System.identityHashCode(Class.forName(\"dev.cmdai.api.InferenceBackend\"))"))
        .isEqualTo(String.valueOf(System.identityHashCode(dev.cmdai.api.InferenceBackend.class)));
  }

  @Test
  void readsItsOwnResources() throws IOException, BackendException {
    assertThat(
            evaluated(
                "new String(Backend.class.getResourceAsStream(\"/data/a.txt\").readAllBytes())",
                "data/a.txt"))
        .isEqualTo("content of data/a.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev/cmdai/host/PluginHost.class",
        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
        "picocli/CommandLine.class"
      })
  void doesNotSeeTheHostsResources(String name) throws IOException, BackendException {
    assertThat(evaluated("Backend.class.getResource(\"/" + name + "\")")).isEqualTo("null");
    assertThat(
            evaluated(
                "Backend.class.getClassLoader().getResources(\"" + name + "\").hasMoreElements()"))
        .isEqualTo("false");
  }

  @Test
  void seesTheResourcesOfTheApi() throws IOException, BackendException {
    assertThat(evaluated("Backend.class.getResource(\"/dev/cmdai/api/Capability.class\") != null"))
        .isEqualTo("true");
  }

  @Test
  void logsThroughSlf4jInSilence() throws IOException, BackendException {
    assertThat(evaluated("org.slf4j.LoggerFactory.getLogger(\"x\").getClass().getPackageName()"))
        .startsWith("org.slf4j");
  }

  /** Libraries such as DJL find their files through the thread's context class loader. */
  @Test
  void theContextLoaderIsThePluginsOwnInEveryCall() throws IOException, BackendException {
    String check =
        "if (Thread.currentThread().getContextClassLoader() != Backend.class.getClassLoader())"
            + " throw new IllegalStateException(\"wrong loader\");";
    PluginJars.plugin("asking")
        .manifest("Plugin-Class", "plugin.asking.Main")
        .source(
            "plugin.asking.Main",
            "package plugin.asking; public class Main extends org.pf4j.Plugin {"
                + " @Override public void start() { "
                + check
                + " } }")
        .backend(
            BackendSource.of("asking")
                .with("members", "static { " + check + " }")
                .with("constructor", "public Backend() { " + check + " }")
                .with(
                    "descriptor",
                    check + " return BackendDescriptor.builder(\"asking\", \"\", \"\").build();")
                .with(
                    "probe",
                    check + " return new Availability.Ready(context.models().getFirst(), \"\");")
                .with("open", check + " return new Session();")
                .with("model", check + " return ModelDescription.builder(\"test\").build();")
                .with(
                    "complete",
                    check + " return Completion.builder(\"ok\", FinishReason.END_OF_TEXT).build();")
                .with("close", check))
        .writeTo(jar("asking.jar"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Warnings warnings = new Warnings();
    try (var session = open(candidate(host(), "asking"), warnings)) {
      assertThat(session.complete(request(), piece -> {}).text()).isEqualTo("ok");
    }
    assertThat(warnings.warnings).isEmpty();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void twoPluginsDoNotShareStaticFields() throws IOException, BackendException {
    for (String id : new String[] {"a", "b"}) {
      PluginJars.plugin(id)
          .source("shared.Counter", "package shared; public class Counter { public static int n; }")
          .backend(
              BackendSource.of(id)
                  .with(
                      "complete",
                      "String reply = \"count \" + ++shared.Counter.n;"
                          + " return Completion.builder(reply, FinishReason.END_OF_TEXT).build();"))
          .writeTo(jar(id + ".jar"));
    }
    PluginHost host = host();
    assertThat(complete(candidate(host, "a"))).isEqualTo("count 1");
    assertThat(complete(candidate(host, "b"))).isEqualTo("count 1");
    assertThat(complete(candidate(host, "a"))).isEqualTo("count 2");
  }
}
