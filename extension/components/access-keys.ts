/** The letter of each entry of a menu that chooses it at once: the start of its first word where that is free, else another letter of its own. Pure. */

/** For each label the index of its letter (UTF-16); null where every letter is taken. */
export function accessKeys(labels: readonly string[]): readonly (number | null)[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    // Outside the basic plane no keyboard has a key for it.
    const letters = [...label.matchAll(/[\p{L}\p{N}]/gu)].flatMap(({ 0: letter, index }) =>
      letter.length === 1 ? [{ letter: fold(letter), index }] : [],
    );
    const starts = letters.filter(({ index }) => index === 0 || label[index - 1] === ' ');
    const free = [...starts, ...letters].find(({ letter }) => !taken.has(letter));
    if (!free) return null;
    taken.add(free.letter);
    return free.index;
  });
}

/** Without accents and in lower case: `Á` is pressed as `a`. */
export function fold(letter: string): string {
  return letter.normalize('NFD').charAt(0).toLowerCase();
}
