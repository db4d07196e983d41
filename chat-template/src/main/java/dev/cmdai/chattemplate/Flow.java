package dev.cmdai.chattemplate;

/** Where to go on after a statement. */
enum Flow {
  /** To the next statement. */
  NEXT,
  /** Out of the loop. */
  BREAK,
  /** To the next pass of the loop. */
  CONTINUE
}
