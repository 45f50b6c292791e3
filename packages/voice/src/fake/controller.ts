/** A controller to be killed by a test: `controller.ts <directory>` starts a voice process, makes a leg, prints the pid. */

import { VoiceSupervisor } from '../process/supervisor.ts';
import { rigSettings } from './voice-rig.ts';

const directory = process.argv[2] as string;
const supervisor = await VoiceSupervisor.start({ directory, settings: rigSettings({ graceMs: 10_000 }) });
await supervisor.voice.send({ kind: 'offer', leg: 'kept' });
process.stdout.write(`${supervisor.pid}\n`);
