/* Loads a vocabulary with llama.cpp b10361, encodes one text and ends: fresh VOCABULARY TEXT. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct llama_model_params {
  char before_vocab_only[64];
  bool vocab_only;
  char after_vocab_only[7];
};

struct llama_model_params llama_model_default_params(void);
void *llama_model_load_from_file(const char *path, struct llama_model_params params);
const void *llama_model_get_vocab(const void *model);
int32_t llama_tokenize(const void *vocab, const char *text, int32_t length, int32_t *tokens,
                       int32_t capacity, bool add_special, bool parse_special);
void llama_log_set(void (*log)(int level, const char *text, void *user), void *user);

static void silence(int level, const char *text, void *user) {}

int main(int count, char **arguments) {
  static char text[1 << 20];
  static int32_t tokens[1 << 20];
  FILE *file = count == 3 ? fopen(arguments[2], "rb") : NULL;
  if (file == NULL) {
    return 2;
  }
  int32_t length = (int32_t) fread(text, 1, sizeof text, file);
  llama_log_set(silence, NULL);
  struct llama_model_params params = llama_model_default_params();
  params.vocab_only = true;
  void *model = llama_model_load_from_file(arguments[1], params);
  if (model == NULL) {
    return 1;
  }
  printf("%d\n", llama_tokenize(llama_model_get_vocab(model), text, length, tokens,
                                1 << 20, false, false));
  fflush(stdout);
  _Exit(0);
}
