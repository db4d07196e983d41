package dev.cmdai.chattemplate;

/** Python's {@code None}; inside this package no value is ever {@code null}. */
enum None {
  NONE;

  @Override
  public String toString() {
    return "None";
  }
}
