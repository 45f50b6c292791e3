/** One refusal in both languages of the interface: what is wrong, and what to do about it. `{name}` is filled from the facts. */
export interface RefusalSentence {
  readonly zh: string;
  readonly en: string;
  readonly remedy: { readonly zh: string; readonly en: string };
}
