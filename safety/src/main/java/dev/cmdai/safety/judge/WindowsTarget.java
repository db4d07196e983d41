package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A path that a command for PowerShell or cmd works on.
 *
 * @param path as written, for messages
 * @param isContents it names what is in the folder, as {@code C:\*} does
 */
record WindowsTarget(String path, Place place, boolean isContents) {
  private static final Set<String> SYSTEM =
      Set.of(
          "windows",
          "windows\\system32",
          "windows\\syswow64",
          "windows\\winsxs",
          "program files",
          "program files (x86)",
          "programdata",
          "boot",
          "efi",
          "recovery",
          "system volume information");

  /** Files without which Windows does not start, or nobody can log in. */
  private static final Set<String> VITAL =
      Set.of(
          "bootmgr",
          "boot.ini",
          "ntldr",
          "windows\\system32\\ntoskrnl.exe",
          "windows\\system32\\hal.dll",
          "windows\\system32\\winload.exe",
          "windows\\system32\\winload.efi",
          "windows\\system32\\winlogon.exe",
          "windows\\system32\\lsass.exe",
          "windows\\system32\\csrss.exe",
          "windows\\system32\\smss.exe",
          "windows\\system32\\config\\sam",
          "windows\\system32\\config\\system",
          "windows\\system32\\config\\security",
          "windows\\system32\\config\\software");

  /** Variables of PowerShell and cmd by what they stand for. */
  private static final List<List<String>> VARIABLES =
      List.of(
          List.of(
              "<home>",
              "$env:userprofile",
              "%userprofile%",
              "$home",
              "$env:homedrive$env:homepath",
              "%homedrive%%homepath%",
              "$env:homepath",
              "%homepath%"),
          List.of("c:\\windows", "$env:systemroot", "%systemroot%", "$env:windir", "%windir%"),
          List.of("c:\\program files", "$env:programfiles", "%programfiles%", "$env:programw6432"),
          List.of("c:\\programdata", "$env:programdata", "%programdata%", "$env:allusersprofile"),
          List.of("c:\\windows\\temp", "$env:temp", "%temp%", "$env:tmp", "%tmp%"),
          List.of("<home>\\appdata\\local", "$env:localappdata", "%localappdata%"),
          List.of("<home>\\appdata\\roaming", "$env:appdata", "%appdata%"),
          List.of("<home>\\documents\\powershell\\microsoft.powershell_profile.ps1", "$profile"),
          List.of(".", "$pwd", "%cd%", "$psscriptroot"),
          List.of(".\\", "%~dp0"),
          List.of("c:\\users\\public", "$env:public", "%public%"),
          List.of("c:", "$env:systemdrive", "%systemdrive%", "$env:homedrive", "%homedrive%"));

  /** The target in the folder that the command has changed to; empty when unknown. */
  static WindowsTarget of(String written, String current, Surroundings here) {
    String folder = current.startsWith("/") ? current : current.toLowerCase(Locale.ROOT);
    String path = written.toLowerCase(Locale.ROOT).replace("${", "$").replace("}", "");
    path = path.startsWith("filesystem::") ? path.substring("filesystem::".length()) : path;
    if (beginsUnknown(expanded(path.replace('/', '\\')))) {
      return new WindowsTarget(written, Place.ELSEWHERE, false);
    }
    boolean isPosix = path.startsWith("/") || (folder.startsWith("/") && !isAbsolute(path));
    if (isPosix) {
      Target posix = Target.of(Word.literal(written), new Where(folder, here));
      if (posix.place() != Place.ELSEWHERE) {
        return new WindowsTarget(written, posix.place(), posix.isContents());
      }
    }
    path = expanded(path.replace('/', '\\'));
    String home = here.home().toLowerCase(Locale.ROOT);
    if (home.length() > 3 && (path + "\\").startsWith(home + "\\")) {
      path = "<home>" + path.substring(home.length());
    }
    if (path.startsWith("\\\\.\\")) {
      boolean isDisk = path.contains("physicaldrive") || path.endsWith(":");
      return new WindowsTarget(written, isDisk ? Place.DEVICE : Place.ELSEWHERE, false);
    }
    if (path.startsWith("\\\\?\\")) {
      path = path.substring(4);
      path = path.startsWith("unc\\") ? "\\\\" + path.substring(4) : path;
    }
    path = withoutHost(path);
    boolean isAbsolute = path.startsWith("\\") || path.startsWith("<home>") || hasDrive(path);
    if (!isAbsolute && folder.isEmpty()) {
      return new WindowsTarget(written, relative(path), isEverything(path));
    }
    List<String> steps = steps(isAbsolute ? path : expanded(folder) + "\\" + path);
    boolean isContents = false;
    while (!steps.isEmpty() && isEverything(steps.getLast())) {
      steps.removeLast();
      isContents = true;
    }
    Place place = place(steps, isContents);
    boolean isHere =
        place == Place.ELSEWHERE
            && !isAbsolute
            && !path.startsWith("..")
            && !steps.isEmpty()
            && !path.equals(".")
            && !isEverything(path);
    return new WindowsTarget(written, isHere ? Place.HERE : place, isContents);
  }

  /** A path of which nobody knows where it begins. */
  private static Place relative(String path) {
    List<String> steps = steps(path);
    if (steps.contains(".git")) {
      return Place.REPOSITORY;
    }
    boolean isOutside = steps.isEmpty() || path.startsWith("..") || isEverything(steps.getLast());
    return isOutside ? Place.ELSEWHERE : Place.HERE;
  }

  /** A path that begins with a variable, or with what a command gives. */
  private static boolean beginsUnknown(String path) {
    return path.startsWith("$")
        || path.startsWith("%")
        || path.startsWith("!")
        || path.startsWith("(")
        || path.startsWith("what ")
        || path.indexOf('\u00A0') >= 0;
  }

  /** Whether a path does not depend on the current folder. */
  static boolean isAbsolute(String path) {
    String plain = expanded(path.toLowerCase(Locale.ROOT).replace('/', '\\'));
    return plain.startsWith("\\") || plain.startsWith("<home>") || hasDrive(plain);
  }

  /** {@code \\\\HOST\\c$} is a whole drive of another machine, or of this one. */
  private static String withoutHost(String path) {
    int share = path.startsWith("\\\\") ? path.indexOf('\\', 2) + 1 : 0;
    boolean isDrive = share > 2 && path.length() > share + 1 && path.charAt(share + 1) == '$';
    return isDrive ? path.charAt(share) + ":" + path.substring(share + 2) : path;
  }

  private static String expanded(String path) {
    if (path.equals("~") || path.startsWith("~\\")) {
      return "<home>" + path.substring(1);
    }
    for (List<String> variable : VARIABLES) {
      for (String name : variable.subList(1, variable.size())) {
        if (path.startsWith(name)) {
          return variable.getFirst() + path.substring(name.length());
        }
      }
    }
    return path;
  }

  private static boolean hasDrive(String path) {
    return (path.length() > 1 && path.charAt(1) == ':') || isRegistry(path);
  }

  private static boolean isRegistry(String path) {
    return path.startsWith("hklm:")
        || path.startsWith("hkcu:")
        || path.startsWith("hkcr:")
        || path.startsWith("hkey_")
        || path.startsWith("registry::");
  }

  /** The folders below the drive; the drive itself is left out, the home folder is a step. */
  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    for (int start = 0; start <= path.length(); ) {
      int end = path.indexOf('\\', start);
      end = end < 0 ? path.length() : end;
      String step = path.substring(start, end);
      if (step.equals("..")) {
        if (!steps.isEmpty() && steps.removeLast().equals("<home>")) {
          steps.add("users");
        }
      } else if (!step.isEmpty() && !step.equals(".") && !(start == 0 && isDrive(step))) {
        steps.add(step);
      }
      start = end + 1;
    }
    return steps;
  }

  private static boolean isDrive(String step) {
    return step.length() == 2 && step.charAt(1) == ':';
  }

  private static boolean isEverything(String step) {
    return step.equals("*") || step.equals("*.*") || step.equals("?*");
  }

  private static Place place(List<String> steps, boolean isContents) {
    if (steps.isEmpty()) {
      return Place.ROOT;
    }
    String first = steps.getFirst();
    if ((first.equals("<home>") && steps.size() == 1)
        || (first.equals("users") && steps.size() <= 2)) {
      return Place.HOME;
    }
    int inside = isContents ? 1 : 0;
    boolean isTemporary =
        (steps.size() + inside > 1 && (first.equals("temp") || first.equals("tmp")))
            || (steps.size() + inside > 2 && first.equals("windows") && steps.get(1).equals("temp"))
            || (steps.size() + inside > 4 && first.equals("<home>") && steps.get(3).equals("temp"));
    if (isTemporary) {
      return Place.TEMPORARY;
    }
    if (steps.contains(".git")) {
      return Place.REPOSITORY;
    }
    String whole = String.join("\\", steps);
    if (VITAL.contains(whole)) {
      return Place.VITAL_FILE;
    }
    if (whole.contains("\\start menu\\programs\\startup")
        || whole.endsWith("\\.ssh\\authorized_keys")
        || whole.endsWith("_profile.ps1")) {
      return Place.SETTINGS;
    }
    if (SYSTEM.contains(whole) || (isRegistry(first) && steps.size() <= 2)) {
      return Place.SYSTEM;
    }
    boolean isInside =
        first.equals("windows") || first.startsWith("program files") || isRegistry(first);
    return isInside ? Place.INSIDE_SYSTEM : Place.ELSEWHERE;
  }
}
