package dev.cmdai.safety.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What short names stand for: those that PowerShell brings, and those that the code sets. */
final class PowerShellAliases {
  private static final int MOST = 64;

  /** {@code Get-Alias}, as far as a judgement depends on it. */
  private static final Map<String, String> USUAL = new HashMap<>();

  static {
    usual("remove-item", "ri rm rmdir del erase rd");
    usual("get-childitem", "gci ls dir");
    usual("get-item", "gi");
    usual("get-content", "gc cat type");
    usual("set-content", "sc");
    usual("add-content", "ac");
    usual("clear-content", "clc");
    usual("copy-item", "cp copy cpi");
    usual("move-item", "mv move mi");
    usual("rename-item", "ren rni");
    usual("new-item", "ni");
    usual("set-item", "si");
    usual("clear-item", "cli");
    usual("set-location", "cd sl chdir");
    usual("push-location", "pushd");
    usual("pop-location", "popd");
    usual("foreach-object", "% foreach");
    usual("where-object", "? where");
    usual("select-object", "select");
    usual("sort-object", "sort");
    usual("group-object", "group");
    usual("measure-object", "measure");
    usual("tee-object", "tee");
    usual("compare-object", "compare diff");
    usual("write-output", "echo write");
    usual("invoke-expression", "iex");
    usual("invoke-command", "icm");
    usual("invoke-item", "ii");
    usual("invoke-webrequest", "iwr");
    usual("invoke-restmethod", "irm");
    usual("invoke-wmimethod", "iwmi");
    usual("invoke-cimmethod", "icim");
    usual("get-wmiobject", "gwmi");
    usual("get-ciminstance", "gcim");
    usual("remove-wmiobject", "rwmi");
    usual("remove-ciminstance", "rcim");
    usual("start-process", "saps start");
    usual("stop-process", "spps kill");
    usual("start-job", "sajb");
    usual("start-service", "sasv");
    usual("stop-service", "spsv");
    usual("get-process", "gps ps");
    usual("get-service", "gsv");
    usual("get-command", "gcm");
    usual("get-alias", "gal");
    usual("set-alias", "sal");
    usual("new-alias", "nal");
    usual("get-help", "help man");
    usual("get-history", "h history ghy");
    usual("get-variable", "gv");
    usual("set-variable", "sv set");
    usual("new-variable", "nv");
    usual("remove-variable", "rv");
    usual("set-itemproperty", "sp");
    usual("get-itemproperty", "gp");
    usual("remove-itemproperty", "rp");
    usual("clear-itemproperty", "clp");
    usual("get-location", "gl pwd");
    usual("resolve-path", "rvpa");
    usual("select-string", "sls");
    usual("start-sleep", "sleep");
    usual("clear-host", "clear cls");
    usual("out-host", "oh");
    usual("import-module", "ipmo");
    usual("format-table", "ft");
    usual("format-list", "fl");
  }

  private final Map<String, String> own = new HashMap<>();

  private static void usual(String command, String names) {
    for (String name : names.split(" ", -1)) {
      USUAL.put(name, command);
    }
  }

  void set(String name, String command) {
    if (own.size() < MOST) {
      own.put(name.toLowerCase(Locale.ROOT), command);
    }
  }

  /** The command that the name stands for in the end. */
  String resolved(String name) {
    String current = name;
    for (int i = 0; i < 8 && own.containsKey(current); i++) {
      current = WindowsRules.program(own.getOrDefault(current, ""));
    }
    return USUAL.getOrDefault(current, current);
  }

  /** The commands that {@code Get-Command} finds by a name with stars in it, or just the name. */
  static List<String> found(String pattern) {
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0 && pattern.indexOf('[') < 0) {
      return List.of(pattern);
    }
    List<String> found = new ArrayList<>();
    for (String command : new TreeSet<>(USUAL.values())) {
      if (Glob.matches(pattern.toLowerCase(Locale.ROOT), command)) {
        found.add(command);
      }
    }
    return found;
  }
}
