package dev.cmdai.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options and the help of {@code cmdai models} and its aliases. */
final class ModelCommands {
  private ModelCommands() {}

  static CommandSpec all() {
    CommandSpec spec = CommandSpec.create().name(CommandLineModel.MODELS);
    spec.usageMessage()
        .synopsisHeading("Usage: ")
        .customSynopsis(
            "cmdai models list",
            "       cmdai models pull [--force] [MODEL]",
            "       cmdai models info [MODEL]",
            "       cmdai models verify [MODEL]",
            "       cmdai models import [--as ID] [--copy] FILE|FOLDER",
            "       cmdai models rm [-y] ID...",
            "       cmdai models clear [-y]",
            "       cmdai models default [ID]")
        .description("List, fetch, check and remove models.")
        .footer(
            "",
            "MODEL is an id, a path, hf:OWNER/REPO/FILE[@REVISION] or https://...; the same goes"
                + " for",
            "--model. Without one, pull fetches the model that cmdai recommends, info tells of the",
            "one that it would use, and verify checks all. A pull that is interrupted goes on"
                + " where",
            "it stopped. HF_TOKEN, HF_ENDPOINT and HTTPS_PROXY are honoured.",
            "",
            "Examples:",
            "  cmdai models pull",
            "  cmdai models info -o json -v cmdai-tiny",
            "  cmdai models import --as mine ~/Downloads/model.gguf",
            "  cmdai models default mine");
    spec.addOption(
        CommandLineModel.local("Fetch or replace a model that is there already.", "--force"));
    spec.addOption(CommandLineModel.local("Copy a file that could be linked.", "--copy"));
    spec.addOption(
        OptionSpec.builder("--as")
            .type(String.class)
            .arity("1")
            .paramLabel("ID")
            .description("The id of what is imported. Default: as the file is called.")
            .build());
    spec.addOption(CommandLineModel.local("Answer its question with yes.", "-y", "--yes"));
    spec.addPositional(CommandLineModel.words("VERB [MODEL]", "What to do, with what."));
    return spec;
  }

  static CommandSpec info() {
    CommandSpec spec = CommandSpec.create().name(CommandLineModel.MODEL_INFO);
    spec.usageMessage().description("The same as models info.");
    spec.addPositional(CommandLineModel.words("MODEL", "A file or an id."));
    return spec;
  }

  static CommandSpec download() {
    CommandSpec spec = CommandSpec.create().name(CommandLineModel.DOWNLOAD_MODEL);
    spec.usageMessage().description("The same as models pull.");
    spec.addOption(CommandLineModel.local("Fetch a model that is there already.", "--force"));
    spec.addPositional(CommandLineModel.words("MODEL", "An id or an address."));
    return spec;
  }

  static CommandSpec clear() {
    CommandSpec spec = CommandSpec.create().name(CommandLineModel.CLEAR_CACHE);
    spec.usageMessage().description("The same as models clear.");
    spec.addOption(CommandLineModel.local("Answer its question with yes.", "-y", "--yes"));
    spec.addPositional(CommandLineModel.words("NOTHING", "Nothing."));
    return spec;
  }
}
