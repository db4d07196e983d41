package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.powershell.Expression;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables, functions and aliases that PowerShell code has set so far. */
final class PowerShellScope {
  private static final int MOST = 256;

  private final Map<String, PowerShellValue> variables = new HashMap<>();
  private final Map<String, Expression.Block> functions = new LinkedHashMap<>();
  private final PowerShellAliases aliases = new PowerShellAliases();

  PowerShellAliases aliases() {
    return aliases;
  }

  /** {@code $global:x} and {@code $script:x} are {@code $x} here. */
  private static String key(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    for (String scope : new String[] {"global:", "script:", "local:", "private:", "variable:"}) {
      key = key.startsWith(scope) ? key.substring(scope.length()) : key;
    }
    return key.equals("psitem") ? "_" : key;
  }

  @Nullable PowerShellValue variable(String name) {
    return variables.get(key(name));
  }

  void set(String name, @Nullable PowerShellValue value) {
    String key = key(name);
    if (value == null) {
      variables.remove(key);
    } else if (variables.size() < MOST || variables.containsKey(key)) {
      variables.put(key, value);
    }
  }

  Expression.@Nullable Block function(String name) {
    return functions.get(key(name));
  }

  void define(String name, Expression.Block body) {
    if (functions.size() < MOST) {
      functions.put(key(name), body);
    }
  }
}
