package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;

/** Judges statements that are given to a client of a database. */
final class DatabaseRules {
  private DatabaseRules() {}

  static void judge(Call call, Feed feed, Findings findings) {
    switch (call.name()) {
      case "psql",
          "mysql",
          "mariadb",
          "sqlite3",
          "sqlite",
          "sqlcmd",
          "isql",
          "cqlsh",
          "clickhouse-client",
          "clickhouse",
          "duckdb",
          "mongo",
          "mongosh",
          "cockroach",
          "bq",
          "sqlplus",
          "snowsql",
          "usql",
          "pgcli",
          "mycli",
          "litecli",
          "influx",
          "cypher-shell",
          "redis-cli",
          "spanner-cli",
          "hive",
          "beeline",
          "impala-shell",
          "presto",
          "trino",
          "turso",
          "wrangler",
          "invoke-sqlcmd" -> {
        for (Word argument : call.arguments()) {
          SqlStatements.judge(argument.text(), findings);
        }
        String text = feed.text();
        if (text != null) {
          SqlStatements.judge(text, findings);
        }
      }
      default -> {}
    }
  }
}
