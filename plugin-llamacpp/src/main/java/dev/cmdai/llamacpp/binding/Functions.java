package dev.cmdai.llamacpp.binding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.NoSuchElementException;

/**
 * The addresses of the functions of {@code llama.h} that we call, under their C names without
 * {@code llama_}. All are looked up at once: a missing one means another build.
 */
final class Functions {
  final MemorySegment backendInit;
  final MemorySegment logSet;
  final MemorySegment supportsMmap;
  final MemorySegment supportsGpuOffload;
  final MemorySegment modelDefaultParams;
  final MemorySegment contextDefaultParams;

  final MemorySegment modelLoadFromFile;
  final MemorySegment modelFree;
  final MemorySegment modelGetVocab;
  final MemorySegment modelContextLength;
  final MemorySegment modelParameterCount;
  final MemorySegment modelHasEncoder;
  final MemorySegment modelMetaValue;
  final MemorySegment modelChatTemplate;

  final MemorySegment vocabBos;
  final MemorySegment vocabEos;
  final MemorySegment vocabSize;
  final MemorySegment vocabText;
  final MemorySegment vocabAddBos;
  final MemorySegment vocabIsControl;
  final MemorySegment vocabType;
  final MemorySegment vocabAttributes;
  final MemorySegment vocabIsEog;
  final MemorySegment tokenize;
  final MemorySegment tokenToPiece;
  final MemorySegment detokenize;

  final MemorySegment initFromModel;
  final MemorySegment contextFree;
  final MemorySegment contextLength;
  final MemorySegment getMemory;
  final MemorySegment decode;
  final MemorySegment getLogits;
  final MemorySegment memoryClear;
  final MemorySegment memoryRemove;
  final MemorySegment stateSize;
  final MemorySegment stateGet;
  final MemorySegment stateSet;

  final MemorySegment samplerChainInit;
  final MemorySegment samplerChainAdd;
  final MemorySegment samplerFree;
  final MemorySegment samplerAccept;
  final MemorySegment samplerApply;
  final MemorySegment samplerSample;
  final MemorySegment samplerGreedy;
  final MemorySegment samplerDist;
  final MemorySegment samplerTopK;
  final MemorySegment samplerTopP;
  final MemorySegment samplerMinP;
  final MemorySegment samplerTemperature;
  final MemorySegment samplerPenalties;
  final MemorySegment samplerGrammar;

  /**
   * Looks everything up.
   *
   * @param llama the exports of {@code libllama}
   * @throws NoSuchElementException when one is missing
   */
  Functions(SymbolLookup llama) {
    backendInit = find(llama, "llama_backend_init");
    logSet = find(llama, "llama_log_set");
    supportsMmap = find(llama, "llama_supports_mmap");
    supportsGpuOffload = find(llama, "llama_supports_gpu_offload");
    modelDefaultParams = find(llama, "llama_model_default_params");
    contextDefaultParams = find(llama, "llama_context_default_params");

    modelLoadFromFile = find(llama, "llama_model_load_from_file");
    modelFree = find(llama, "llama_model_free");
    modelGetVocab = find(llama, "llama_model_get_vocab");
    modelContextLength = find(llama, "llama_model_n_ctx_train");
    modelParameterCount = find(llama, "llama_model_n_params");
    modelHasEncoder = find(llama, "llama_model_has_encoder");
    modelMetaValue = find(llama, "llama_model_meta_val_str");
    modelChatTemplate = find(llama, "llama_model_chat_template");

    vocabBos = find(llama, "llama_vocab_bos");
    vocabEos = find(llama, "llama_vocab_eos");
    vocabSize = find(llama, "llama_vocab_n_tokens");
    vocabText = find(llama, "llama_vocab_get_text");
    vocabAddBos = find(llama, "llama_vocab_get_add_bos");
    vocabIsControl = find(llama, "llama_vocab_is_control");
    vocabType = find(llama, "llama_vocab_type");
    vocabAttributes = find(llama, "llama_vocab_get_attr");
    vocabIsEog = find(llama, "llama_vocab_is_eog");
    tokenize = find(llama, "llama_tokenize");
    tokenToPiece = find(llama, "llama_token_to_piece");
    detokenize = find(llama, "llama_detokenize");

    initFromModel = find(llama, "llama_init_from_model");
    contextFree = find(llama, "llama_free");
    contextLength = find(llama, "llama_n_ctx");
    getMemory = find(llama, "llama_get_memory");
    decode = find(llama, "llama_decode");
    getLogits = find(llama, "llama_get_logits_ith");
    memoryClear = find(llama, "llama_memory_clear");
    memoryRemove = find(llama, "llama_memory_seq_rm");
    stateSize = find(llama, "llama_state_seq_get_size");
    stateGet = find(llama, "llama_state_seq_get_data");
    stateSet = find(llama, "llama_state_seq_set_data");

    samplerChainInit = find(llama, "llama_sampler_chain_init");
    samplerChainAdd = find(llama, "llama_sampler_chain_add");
    samplerFree = find(llama, "llama_sampler_free");
    samplerAccept = find(llama, "llama_sampler_accept");
    samplerApply = find(llama, "llama_sampler_apply");
    samplerSample = find(llama, "llama_sampler_sample");
    samplerGreedy = find(llama, "llama_sampler_init_greedy");
    samplerDist = find(llama, "llama_sampler_init_dist");
    samplerTopK = find(llama, "llama_sampler_init_top_k");
    samplerTopP = find(llama, "llama_sampler_init_top_p");
    samplerMinP = find(llama, "llama_sampler_init_min_p");
    samplerTemperature = find(llama, "llama_sampler_init_temp");
    samplerPenalties = find(llama, "llama_sampler_init_penalties");
    samplerGrammar = find(llama, "llama_sampler_init_grammar");
  }

  private static MemorySegment find(SymbolLookup lookup, String name) {
    return lookup.findOrThrow(name);
  }
}
