package dev.cmdai.safety;

import dev.cmdai.safety.rules.RiskLevel;
import java.util.Optional;

/** How much the user wants to be asked. */
public enum SafetyLevel {
  /** Asks before anything that is not safe, and lets nothing dangerous pass. */
  STRICT("strict"),
  /** Asks before what cannot be taken back, and lets nothing critical pass. */
  MODERATE("moderate"),
  /** Asks before what is critical. */
  PERMISSIVE("permissive");

  private final String id;

  SafetyLevel(String id) {
    this.id = id;
  }

  /** What users type after {@code --safety}. */
  public String id() {
    return id;
  }

  /** The level with that id, if there is one. */
  public static Optional<SafetyLevel> byId(String id) {
    for (SafetyLevel level : values()) {
      if (level.id.equals(id)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** What follows from a risk; reads and what can be taken back are told apart where it matters. */
  Action action(RiskLevel risk, boolean isReversible) {
    return switch (this) {
      case STRICT ->
          switch (risk) {
            case SAFE -> Action.ALLOW;
            case MODERATE -> Action.CONFIRM;
            case HIGH, CRITICAL -> Action.BLOCK;
          };
      case MODERATE ->
          switch (risk) {
            case SAFE -> Action.ALLOW;
            case MODERATE -> isReversible ? Action.ALLOW : Action.CONFIRM;
            case HIGH -> Action.CONFIRM;
            case CRITICAL -> Action.BLOCK;
          };
      case PERMISSIVE -> risk == RiskLevel.CRITICAL ? Action.CONFIRM : Action.ALLOW;
    };
  }
}
