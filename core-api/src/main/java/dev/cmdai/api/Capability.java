package dev.cmdai.api;

/**
 * What a backend can do beyond plain completion. A request for something it lacks is refused, never
 * ignored.
 */
public enum Capability {
  /** Hands out the reply while it is generated. */
  STREAMING,
  /** Continues a reply that the caller has begun. */
  ASSISTANT_PREFIX,
  /** Restricts the reply to a GBNF grammar. */
  GRAMMAR,
  /** Restricts the reply to a JSON schema. */
  JSON_SCHEMA,
  /** Gives the same sampled reply for the same seed. */
  SEED,
  /** Keeps the state of a constant prompt prefix from one run to the next. */
  PREFIX_CACHE
}
