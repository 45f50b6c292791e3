/** The element through which the other side is heard. A page reloaded without a click may not sound until one is made. */
export class Loudspeaker {
  readonly #element = new Audio();
  readonly #onBlocked: (blocked: boolean) => void;

  constructor(onBlocked: (blocked: boolean) => void) {
    this.#onBlocked = onBlocked;
    this.#element.autoplay = true;
  }

  play(stream: MediaStream): void {
    this.#element.srcObject = stream;
    this.resume();
  }

  /** To be called from a click or key press when the browser asked for one. */
  resume(): void {
    this.#element.play().then(
      () => this.#onBlocked(false),
      (error: unknown) => this.#onBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  }

  stop(): void {
    this.#element.pause();
    this.#element.srcObject = null;
  }
}
