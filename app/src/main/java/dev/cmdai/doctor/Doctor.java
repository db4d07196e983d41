package dev.cmdai.doctor;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.folders.Folders;
import dev.cmdai.host.PluginCatalog;
import dev.cmdai.models.ModelLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at everything that can be judged without running a model: see also {@link BackendTrial}.
 */
public final class Doctor {
  private Doctor() {}

  /**
   * What is installed, and where.
   *
   * @param version this program's
   * @param platform such as {@code linux-x64}
   */
  public static List<Check> installation(
      String version,
      String platform,
      Folders folders,
      PluginCatalog catalog,
      ModelLibrary library) {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.ok("program", "cmdai", version, Map.of("version", version)));
    checks.add(java());
    checks.add(platform(platform));
    checks.addAll(FolderChecks.of(folders));
    checks.addAll(InstalledChecks.plugins(catalog));
    checks.addAll(InstalledChecks.models(library.all()));
    return checks;
  }

  /** What is wrong with the configuration file: nothing else runs before that is repaired. */
  public static Check configuration(CmdaiException problem) {
    return Check.problem(
        "configuration", "config.toml", String.valueOf(problem.getMessage()), problem.remedy());
  }

  /** What to say when no plugin offers a backend. */
  public static Check noBackend() {
    return Check.problem(
        "backend",
        "none",
        "no backend is installed",
        "Put a plugin jar into the plugins folder, and see that CMDAI_PLUGINS lets it in.");
  }

  /** What somebody had to say along the way. */
  public static Check remark(String area, String subject, String message) {
    return Check.warning(area, subject, message, "");
  }

  private static Check java() {
    String version = System.getProperty("java.vm.version", "");
    String home = System.getProperty("java.home", "");
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", version);
    facts.put("home", home);
    return Check.ok("program", "java", version + ", " + home, facts);
  }

  private static Check platform(String platform) {
    int processors = Runtime.getRuntime().availableProcessors();
    return Check.ok(
        "program",
        "platform",
        platform + ", " + processors + (processors == 1 ? " processor" : " processors"),
        Map.of("platform", platform, "processors", processors));
  }
}
