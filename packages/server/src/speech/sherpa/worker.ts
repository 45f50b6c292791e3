/** The process in which the native recogniser runs: what it cannot bear ends it, and nothing else. */

import type { SherpaModel } from './model-files.ts';
import { loadModel } from './native.ts';

export type WorkerRequest =
  | { readonly kind: 'load'; readonly model: SherpaModel; readonly threads: number }
  | { readonly kind: 'transcribe'; readonly id: number; readonly samples: Int16Array };

export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'text'; readonly id: number; readonly text: string }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

// The listening process may be gone already: what is told then reaches nobody.
const tell = (answer: WorkerAnswer) => void (process.connected && process.send?.(answer, () => {}));
let recognise: ((samples: Int16Array) => string) | undefined;

process.on('message', (request: WorkerRequest) => {
  try {
    if (request.kind === 'load') {
      recognise = loadModel(request.model, request.threads);
      tell({ kind: 'ready' });
    } else tell({ kind: 'text', id: request.id, text: recognise?.(request.samples) ?? '' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell(request.kind === 'load' ? { kind: 'refused', why } : { kind: 'failed', id: request.id, why });
  }
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
