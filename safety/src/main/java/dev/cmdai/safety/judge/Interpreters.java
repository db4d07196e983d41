package dev.cmdai.safety.judge;

/** Knows the interpreters of other languages, and by which options they get code. */
final class Interpreters {
  private Interpreters() {}

  static boolean isOne(String name) {
    return switch (name) {
      case "perl",
          "ruby",
          "node",
          "nodejs",
          "deno",
          "bun",
          "php",
          "lua",
          "luajit",
          "osascript",
          "tclsh",
          "wish",
          "expect",
          "R",
          "Rscript",
          "julia",
          "elixir",
          "groovy",
          "jshell",
          "pypy",
          "pypy3",
          "ipython",
          "irb",
          "tsx",
          "ts-node",
          "swift",
          "ghc",
          "raku",
          "guile",
          "racket",
          "scala",
          "emacs" ->
          true;
      default ->
          name.startsWith("python")
              || name.startsWith("perl5")
              || name.startsWith("ruby2")
              || name.startsWith("ruby3")
              || name.startsWith("lua5")
              || name.equals("py");
    };
  }

  /** Whether the argument behind the option is code. */
  static boolean isCode(String name, String option) {
    if (option.startsWith("--")) {
      return option.equals("--eval") || option.equals("--print") || option.equals("--execute");
    }
    if (name.equals("emacs")) {
      return option.equals("-eval");
    }
    boolean isPython = isPython(name);
    char letter = isPython || name.equals("expect") || name.equals("guile") ? 'c' : letter(name);
    char first = option.charAt(1);
    // What comes behind these belongs to the option: -MFile::Path, -Ilib, -rfileutils.
    boolean isValue = isPython ? "mWX".indexOf(first) >= 0 : "MmIr".indexOf(first) >= 0;
    boolean isPrint = name.startsWith("node") && option.equals("-p");
    boolean isOther =
        (name.startsWith("perl") || name.equals("raku") || name.equals("julia"))
            && option.endsWith("E");
    boolean isCluster = option.indexOf(letter) == option.length() - 1;
    return isPrint || isOther || (isCluster && (!isValue || name.equals("php")));
  }

  private static char letter(String name) {
    return name.equals("php") ? 'r' : 'e';
  }

  private static boolean isPython(String name) {
    return name.startsWith("py") || name.startsWith("ipy");
  }

  /** The code in {@code -cCODE} or {@code --eval=CODE}, empty where there is none. */
  static String attached(String name, String option) {
    for (String prefix : new String[] {"--eval=", "--print=", "--execute="}) {
      if (option.startsWith(prefix)) {
        return option.substring(prefix.length());
      }
    }
    if (isPython(name)) {
      return option.startsWith("-c") && option.length() > 3 ? option.substring(2) : "";
    }
    // perl -lanE'CODE': letters that take no value may come first.
    for (int i = 1; i < option.length() && option.charAt(1) != '-'; i++) {
      char c = option.charAt(i);
      if (c == letter(name) || (c == 'E' && name.startsWith("perl"))) {
        return option.substring(i + 1);
      }
      if (!Character.isDigit(c) && "lnapsw".indexOf(c) < 0) {
        break;
      }
    }
    return "";
  }
}
