package dev.cmdai.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules between and inside the modules: dependencies point one way. */
class ArchitectureTest {
  private static final JavaClasses API = classesOf("core-api");
  private static final JavaClasses SAFETY = classesOf("safety");
  private static final JavaClasses HTTP = classesOf("http");
  private static final JavaClasses APP = classesOf("app");
  private static final JavaClasses KIT = classesOf("plugin-kit");
  private static final JavaClasses LLAMACPP = classesOf("plugin-llamacpp");
  private static final JavaClasses ONNX = classesOf("plugin-onnx");
  private static final JavaClasses REMOTE = classesOf("plugin-remote");

  /** What every plugin may use: the API, and what plugins share with each other. */
  private static final String[] SEEN_BY_PLUGINS = {
    "dev.cmdai.api..",
    "dev.cmdai.kit..",
    "dev.cmdai.chattemplate..",
    "java..",
    "org.pf4j..",
    "org.jspecify.."
  };

  private static JavaClasses classesOf(String module) {
    return new ClassFileImporter().importPaths(Path.of("..", module, "target", "classes"));
  }

  @Test
  void theApiKnowsOnlyTheJdkAndPf4j() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.cmdai.api..", "java..", "org.pf4j..", "org.jspecify..")
        .check(API);
  }

  @Test
  void theSafetyJudgementKnowsOnlyTheJdkAndRunsNothing() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.cmdai.safety..", "dev.cmdai.shell..", "java..", "org.jspecify..")
        .check(SAFETY);
    noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class).check(SAFETY);
    slices().matching("dev.cmdai.safety.(**)").should().beFreeOfCycles().check(SAFETY);
  }

  @Test
  void theHttpClientKnowsOnlyTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.cmdai.http..", "java..", "javax.net.ssl..", "org.jspecify..")
        .check(HTTP);
  }

  @Test
  void theHostKnowsNoEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.cmdai.llamacpp..",
            "dev.cmdai.gguf..",
            "dev.cmdai.onnx..",
            "dev.cmdai.remote..",
            "dev.cmdai.kit..")
        .check(APP);
    noClasses().should().dependOnClassesThat().resideInAnyPackage("java.lang.foreign..").check(APP);
  }

  @Test
  void pluginsSeeTheApiAndNothingElseOfTheHost() {
    requireOnly(KIT);
    requireOnly(LLAMACPP, "dev.cmdai.llamacpp..", "dev.cmdai.gguf..");
    requireOnly(ONNX, "dev.cmdai.onnx..", "ai.onnxruntime..", "ai.djl..", "com.google.gson..");
    requireOnly(REMOTE, "dev.cmdai.remote..", "dev.cmdai.http..", "com.google.gson..");
  }

  private static void requireOnly(JavaClasses plugin, String... own) {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(SEEN_BY_PLUGINS, own).flatMap(Stream::of).toArray(String[]::new))
        .check(plugin);
  }

  @Test
  void onlyThePackagesNextToAnEngineKnowIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cmdai.onnx.tokenizer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..")
        .check(ONNX);
    noClasses()
        .that()
        .resideInAnyPackage("dev.cmdai.onnx.tokenizer..", "dev.cmdai.onnx.folder..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(ONNX);
  }

  @Test
  void packagesOfTheAppFormNoCycle() {
    slices().matching("dev.cmdai.(*)..").should().beFreeOfCycles().check(APP);
  }

  @Test
  void onlyTheCommandLineKnowsPicocliAndTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cmdai.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(APP);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cmdai.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(APP);
    for (JavaClasses plugin : List.of(HTTP, KIT, LLAMACPP, ONNX, REMOTE)) {
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .check(plugin);
    }
  }

  @Test
  void onlyTheHostKnowsPf4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cmdai.host..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.pf4j..")
        .check(APP);
  }
}
