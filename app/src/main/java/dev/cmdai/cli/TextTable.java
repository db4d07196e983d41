package dev.cmdai.cli;

import java.util.List;

/** Lines up cells in columns. */
final class TextTable {
  private static final int GAP = 2;

  private TextTable() {}

  /**
   * The rows as lines.
   *
   * @param rows of the same length; what is not {@linkplain Terminal#printable printable} is
   *     replaced
   * @param indent spaces before each line
   */
  static String of(List<List<String>> rows, int indent) {
    List<List<String>> cells = rows.stream().map(TextTable::cleaned).toList();
    int columns = cells.isEmpty() ? 0 : cells.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : cells) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder().repeat(" ", indent);
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A line break in a cell would tear the table. */
  private static List<String> cleaned(List<String> row) {
    return row.stream()
        .map(cell -> Terminal.printable(cell).replace('\n', ' ').replace('\t', ' '))
        .toList();
  }
}
