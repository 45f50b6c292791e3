import { answer } from './check-work.ts';
import type { ToChecker } from './checking.ts';

addEventListener('message', ({ data }: MessageEvent<ToChecker>) => {
  postMessage(answer(data, () => performance.now()));
});
