package dev.cmdai.safety.rules;

/** How much harm a command could do, from none upwards. */
public enum RiskLevel {
  /** Reads, prints, or makes something new. */
  SAFE("safe"),
  /** Deletes or overwrites something ordinary, or does something that could not be read. */
  MODERATE("moderate"),
  /** Deletes whole folders, runs unknown code, stops the machine. */
  HIGH("high"),
  /** Destroys the system, a home folder or a disk. */
  CRITICAL("critical");

  private final String id;

  RiskLevel(String id) {
    this.id = id;
  }

  /** The level in JSON output. */
  public String id() {
    return id;
  }

  /** The next level upwards. */
  public RiskLevel higher() {
    return switch (this) {
      case SAFE -> MODERATE;
      case MODERATE -> HIGH;
      case HIGH, CRITICAL -> CRITICAL;
    };
  }

  /** The next level downwards. */
  public RiskLevel lower() {
    return switch (this) {
      case CRITICAL -> HIGH;
      case HIGH -> MODERATE;
      case MODERATE, SAFE -> SAFE;
    };
  }
}
