/**
 * Texts that an editor told of and that have not come back to it yet. What comes back is older than what was typed meanwhile: put into
 * the editor it would undo those keys, and its own telling of that would begin the same anew.
 */
export class OwnTexts {
  #told: string[] = [];

  tell(text: string): void {
    this.#told.push(text);
  }

  /** Whether this is one of them coming back; those told before it come no more. A text of somebody else ends the waiting for all. */
  isBack(text: string): boolean {
    const index = this.#told.indexOf(text);
    this.#told = index < 0 ? [] : this.#told.slice(index + 1);
    return index >= 0;
  }
}
