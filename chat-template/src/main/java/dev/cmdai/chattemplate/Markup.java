package dev.cmdai.chattemplate;

/**
 * Text marked by the filters {@code safe} and {@code escape}: prints as it is, but escapes the HTML
 * characters of plain text that is added to it.
 */
record Markup(String text) {

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }
}
