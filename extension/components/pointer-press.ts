/**
 * Whether the pointer is pressing something on the page. Leaving a field is half of a press on something else: what the field's change
 * brings must not move what is being pressed, or the press is lost.
 */
export class PointerPress {
  #over: Promise<void> = Promise.resolve();
  #end: (() => void) | null = null;

  constructor(page: Pick<Window, 'addEventListener'>) {
    page.addEventListener('pointerdown', () => this.#begin(), { capture: true });
    for (const end of ['pointerup', 'pointercancel', 'dragend'] as const)
      page.addEventListener(end, () => this.#end?.(), { capture: true });
  }

  /** Resolves once nothing is pressed, at once where nothing is. */
  over(): Promise<void> {
    return this.#over;
  }

  #begin(): void {
    this.#end?.();
    this.#over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }
}
