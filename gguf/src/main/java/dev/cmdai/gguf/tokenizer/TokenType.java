package dev.cmdai.gguf.tokenizer;

/** What a token is for ({@code llama_token_type} in llama.cpp, after its corrections). */
public enum TokenType {
  /** The file does not say. */
  UNDEFINED,
  /** Stands for text. */
  NORMAL,
  /** Stands for text that no other token covers. */
  UNKNOWN,
  /** Steers the model, such as begin-of-text. */
  CONTROL,
  /** Stands for text, and is looked for before everything else. */
  USER_DEFINED,
  /** A place that training left empty. */
  UNUSED,
  /** Stands for one byte. */
  BYTE
}
