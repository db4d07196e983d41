package dev.cmdai.api;

/** Why a reply ended. */
public enum FinishReason {
  /** The model ended it. */
  END_OF_TEXT,
  /** A stop string appeared; the text ends before it. */
  STOP_STRING,
  /** The limit of generated tokens, or the end of the context, was reached. */
  MAX_TOKENS
}
