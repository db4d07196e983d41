package dev.cmdai.models;

import dev.cmdai.catalogue.CatalogueModel;

/** Tells the way to a better model than the one that answered. */
public final class BetterModel {
  private final ModelChoice models;
  private final boolean isOffline;

  /**
   * Looks among models.
   *
   * @param isOffline whether nothing can be fetched
   */
  public BetterModel(ModelChoice models, boolean isOffline) {
    this.models = models;
    this.isOffline = isOffline;
  }

  /**
   * The way to a model of a higher rank: the best one that is here, else the one to download.
   *
   * @return half a sentence, such as {@code get a better model: cmdai models pull ID (1.1 GB)}; ""
   *     when there is none
   */
  public String than(int quality) {
    for (InstalledModel model : models.library().all()) {
      if (model.quality() > quality) {
        return "ask a better model: --model " + model.id();
      }
    }
    CatalogueModel standard = models.catalogue().standard();
    return isOffline || standard.quality() <= quality
        ? ""
        : "get a better model: cmdai models pull %s (%s)"
            .formatted(standard.id(), Sizes.text(standard));
  }
}
