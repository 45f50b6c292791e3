/** The process that listens to calls; started by `listener-process.ts`, ends with the server. */

import { systemClock } from '../../clock.ts';
import { makeRecogniser } from '../recognisers/make-recogniser.ts';
import { ListenerHub } from './hub.ts';
import type { ListenerCommand } from './protocol.ts';

const hub = new ListenerHub(
  () => Date.now(),
  // The server may be gone already: what is told then reaches nobody.
  (report) => void (process.connected && process.send?.(report, () => {})),
  (settings) => makeRecogniser(settings, systemClock, (line) => process.stderr.write(`speech recognition: ${line}\n`)),
);
process.on('message', (command) => hub.do(command as ListenerCommand));
// The server is gone: calls go on, nobody listens.
process.on('disconnect', () => {
  hub.close();
  process.exit(0);
});
// Ctrl-C reaches the whole group: the server decides when this ends.
process.on('SIGINT', () => {});
process.send?.({ kind: 'ready' }, () => {});
