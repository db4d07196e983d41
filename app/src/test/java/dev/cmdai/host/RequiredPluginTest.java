package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plugins that use the classes of other plugins. */
class RequiredPluginTest extends HostFixture {
  @BeforeEach
  void besideOneThatWorks() throws IOException {
    putGood();
  }

  /** A plugin without extensions: only there for its classes. */
  private static PluginJars library(String version) {
    return PluginJars.plugin("library")
        .manifest("Plugin-Version", version)
        .without("Cmdai-Backends")
        .source(
            "library.Greeting",
            "package library; public class Greeting {"
                + " public static String text() { return \"hello from the library\"; } }");
  }

  private static PluginJars user(String requires) {
    return PluginJars.plugin("user")
        .manifest("Plugin-Dependencies", requires)
        .backend(
            BackendSource.of("user")
                .with(
                    "complete",
                    "String reply; try {"
                        + " reply = (String) Class.forName(\"library.Greeting\")"
                        + ".getMethod(\"text\").invoke(null); }"
                        + " catch (ReflectiveOperationException e) { reply = e.toString(); }"
                        + " return Completion.builder(reply, FinishReason.END_OF_TEXT).build();"));
  }

  @Test
  void usesItsClasses() throws IOException, BackendException {
    library("1.2.0").writeTo(jar("library.jar"));
    user("library@>=1.0.0").writeTo(jar("user.jar"));
    assertNoComplaint();
    assertThat(complete(candidate(host(), "user"))).isEqualTo("hello from the library");
  }

  @Test
  void missing() throws IOException {
    user("library").writeTo(jar("user.jar"));
    assertOneComplaint(
        "user.jar",
        "needs plugin library, which is not installed",
        "Put a jar of library into the plugins folder");
  }

  @Test
  void inAWrongVersion() throws IOException {
    library("1.2.0").writeTo(jar("library.jar"));
    user("library@>=2.0.0").writeTo(jar("user.jar"));
    assertOneComplaint("user.jar", "needs plugin library >=2.0.0, version 1.2.0 is installed");
  }

  @Test
  void inAVersionThatCannotBeCompared() throws IOException {
    library("one.two").writeTo(jar("library.jar"));
    user("library@>=2.0.0").writeTo(jar("user.jar"));
    assertOneComplaint("user.jar", "library >=2.0.0", "cannot be compared", "one.two");
  }

  @Test
  void inARangeThatIsNone() throws IOException {
    library("1.2.0").writeTo(jar("library.jar"));
    user("library@banana").writeTo(jar("user.jar"));
    assertOneComplaint("user.jar", "library banana", "cannot be compared");
  }

  @Test
  void optionalAndMissing() throws IOException, BackendException {
    user("library?").writeTo(jar("user.jar"));
    assertNoComplaint();
    assertThat(complete(candidate(host(), "user"))).contains("ClassNotFoundException");
  }

  @Test
  void optionalAndThere() throws IOException, BackendException {
    library("1.2.0").writeTo(jar("library.jar"));
    user("library?@>=1.0.0").writeTo(jar("user.jar"));
    assertNoComplaint();
    assertThat(complete(candidate(host(), "user"))).isEqualTo("hello from the library");
  }

  @Test
  void thatNeedEachOther() throws IOException {
    user("library").writeTo(jar("user.jar"));
    library("1.0.0").manifest("Plugin-Dependencies", "user").writeTo(jar("library.jar"));
    assertOneComplaint("user.jar", "needs itself: user → library → user");
  }

  @Test
  void thatCannotStart() throws IOException {
    user("library").writeTo(jar("user.jar"));
    library("1.0.0").manifest("Plugin-Class", "library.Gone").writeTo(jar("library.jar"));
    assertOneComplaint("user.jar", "cannot be started", "library.Gone");
  }
}
