package dev.cmdai.testkit;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Names the rules that a broken plugin must fail. */
@Retention(RetentionPolicy.RUNTIME)
@interface Breaks {
  /** Names of test methods of the contract. */
  String[] value();

  /**
   * Whether the rules in processes of their own are tried too. A broken plugin whose fault shows
   * within one process is spared them: starting two processes for each would take minutes.
   */
  boolean inProcesses() default false;
}
