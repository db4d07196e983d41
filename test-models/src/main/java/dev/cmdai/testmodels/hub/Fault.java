package dev.cmdai.testmodels.hub;

import java.util.Map;

/** What the server does wrong with one request for bytes; positions count from the file's start. */
public sealed interface Fault {
  /** Ends the connection in order, before a byte. */
  record EndAt(long position) implements Fault {}

  /** Resets the connection before a byte. */
  record ResetAt(long position) implements Fault {}

  /** Sends nothing more from a byte on, and keeps the connection open. */
  record StallAt(long position) implements Fault {}

  /** Sends another byte in the place of one. */
  record WrongByteAt(long position) implements Fault {}

  /** Answers with a status alone. */
  record Status(int status, Map<String, String> headers) implements Fault {}

  /** Answers 200 with a page, as a network that wants a login does. */
  record Page(String html) implements Fault {}

  /** Knows no ranges: sends the whole file. */
  record NoRanges() implements Fault {}

  /** Sends the wrong range. */
  record OtherRange() implements Fault {}

  /** Sends more bytes than it announced, in chunks. */
  record Longer(int bytes) implements Fault {}

  /** Says neither how long the body is nor where it ends. */
  record Unframed() implements Fault {}

  /** Does nothing wrong. */
  record None() implements Fault {}
}
