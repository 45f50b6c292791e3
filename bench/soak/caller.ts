import { setTimeout as sleep } from 'node:timers/promises';
import { Phone } from '@threerings/voice/fake/phone';

export interface Ends {
  /** ended after the call was answered by the hotline */
  answered: number;
  /** was never answered, or ended in another way than by either side hanging up */
  failed: Record<string, number>;
}

/** Keeps one line busy until told otherwise: dials, speaks, hangs up after its patience, closes its telephone, dials again. */
export async function keepCalling(uri: string, patienceMs: () => number, goesOn: () => boolean, ends: Ends): Promise<void> {
  while (goesOn()) {
    const phone = await Phone.open({ says: 400 });
    const over = () => phone.diary.find((line) => line.startsWith('ended'));
    phone.dial(uri);
    const leavesAt = performance.now() + patienceMs();
    while (goesOn() && over() === undefined && performance.now() < leavesAt) await sleep(250);
    if (over() === undefined) phone.hangUp();
    for (let waited = 0; over() === undefined && waited < 20; waited += 1) await sleep(250);
    const end = over() ?? 'never ended';
    if (phone.diary.includes('answered') && /^ended (bye|hung-up)/.test(end)) ends.answered += 1;
    else ends.failed[end] = (ends.failed[end] ?? 0) + 1;
    await phone.close();
    if (goesOn()) await sleep(500);
  }
}
