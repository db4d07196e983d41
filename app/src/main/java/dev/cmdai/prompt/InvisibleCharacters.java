package dev.cmdai.prompt;

/**
 * Knows the characters that change how a line looks or reads without being seen: bidirectional
 * marks (Unicode Standard Annex 9) and zero-width ones. The joiners U+200C and U+200D are not among
 * them: names in several scripts and emoji need them.
 */
final class InvisibleCharacters {
  private InvisibleCharacters() {}

  static boolean includes(int character) {
    return character == 0x00AD
        || character == 0x061C
        || character == 0x180E
        || character == 0x200B
        || character == 0x200E
        || character == 0x200F
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2060 && character <= 0x206F)
        || character == 0xFEFF
        || (character >= 0xFFF9 && character <= 0xFFFB)
        || (character >= 0xE0000 && character <= 0xE007F);
  }
}
