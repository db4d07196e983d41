package dev.cmdai.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules between and inside the modules: dependencies point one way. */
class ArchitectureTest {
  private static final JavaClasses API = classesOf("core-api");
  private static final JavaClasses APP = classesOf("app");
  private static final JavaClasses PLUGIN = classesOf("plugin-llamacpp");

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
  void theHostKnowsNoEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cmdai.llamacpp..", "dev.cmdai.gguf..")
        .check(APP);
    noClasses().should().dependOnClassesThat().resideInAnyPackage("java.lang.foreign..").check(APP);
  }

  @Test
  void pluginsSeeTheApiAndNothingElseOfTheHost() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.cmdai.llamacpp..",
            "dev.cmdai.chattemplate..",
            "dev.cmdai.gguf..",
            "dev.cmdai.api..",
            "java..",
            "org.pf4j..",
            "org.jspecify..")
        .check(PLUGIN);
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
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(PLUGIN);
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
