package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which statements for a database lose data. Loaded only when there is a statement. */
final class SqlStatements {
  private static final Pattern COMMENT = Pattern.compile("/\\*[^*]*\\*/|--[^\n]*");

  private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");

  /** A plan is only shown, unless ANALYZE has the statement run. */
  private static final Pattern PLAN =
      Pattern.compile("(^|;)\\s*(explain|desc|describe)\\s(?!\\s*(\\([^)]*)?analy[sz]e)[^;]*");

  private static final Pattern LOSING =
      Pattern.compile(
          "(^|[;\\s\"'(])(drop\\s+(table|database|schema|view|index|user|role|keyspace|column|owned"
              + "|collection|type|function|sequence|materialized)|truncate\\s+(table\\s+)?[\\w\"`.]"
              + "|alter\\s+table\\s+\\S+\\s+drop)");

  private static final Pattern ALL_ROWS =
      Pattern.compile("(^|[;\\s])(delete\\s+from\\s+\\S+|update\\s+\\S+\\s+set\\s)[^;]*");

  private static final Pattern DOCUMENTS =
      Pattern.compile(
          "dropdatabase\\(|\\.drop\\(|deletemany\\(\\s*(\\{\\s*})?\\s*\\)|\\.remove\\(\\s*(\\{\\s*})?\\s*\\)"
              + "|flushall|flushdb|detach\\s+delete");

  private static final int LONGEST = 1 << 16;

  private SqlStatements() {}

  static void judge(String statement, Findings findings) {
    if (statement.length() > LONGEST) {
      return;
    }
    String plain = COMMENT.matcher(statement.toLowerCase(Locale.ROOT)).replaceAll(" ");
    plain = PLAN.matcher(LITERAL.matcher(plain).replaceAll("''")).replaceAll(";");
    if (LOSING.matcher(plain).find() || DOCUMENTS.matcher(plain).find()) {
      findings.add(Rule.DATABASE_LOST, "drops or empties tables, databases or what is like them");
      return;
    }
    Matcher rows = ALL_ROWS.matcher(plain);
    while (rows.find()) {
      boolean isAll =
          !rows.group().contains("where")
              || rows.group().contains("where 1=1")
              || rows.group().contains("where true");
      findings.add(
          isAll ? Rule.DATABASE_LOST : Rule.DATA_LOST,
          isAll ? "deletes or changes all rows of a table" : "deletes or changes rows of a table");
    }
  }
}
