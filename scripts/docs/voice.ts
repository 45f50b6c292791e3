import { type Feature, mediaFeatures, type Support, signallingFeatures } from '@threerings/voice/features';
import { voiceContract } from '@threerings/voice/port-contract';
import { page, table } from './table.ts';

const embedded: Readonly<Record<Support, string>> = { yes: 'yes', refused: 'refused cleanly', outside: 'no' };
const instead: Readonly<Record<Support, string>> = { yes: '–', refused: 'use Asterisk', outside: 'use Asterisk' };

function rows(features: readonly Feature[]): string[][] {
  return features.map(({ name, standard, support, test, remark }) => [
    name,
    standard,
    embedded[support],
    instead[support],
    test === undefined ? '–' : `\`${test}.test.ts\``,
    remark ?? '',
  ]);
}

/** What the embedded engine does, feature by feature, and what both implementations of its port owe. */
export function voicePage(): string {
  const head = ['feature', 'standard', 'embedded engine', 'else', 'shown by', 'remark'];
  return page('Voice: features and contract', 'packages/voice/src/features.ts` and `packages/voice/src/port-contract.ts', [
    '“Use Asterisk”: an Asterisk, or another session border controller, between trunk and this server does it; that set-up is not tested here.',
    '',
    '## Signalling',
    '',
    table(head, rows(signallingFeatures)),
    '',
    '## Media',
    '',
    table(head, rows(mediaFeatures)),
    '',
    '## Contract',
    '',
    'Every engine behind the port passes these cases; the last two columns are the engines there are.',
    '',
    table(
      ['case', 'voice process', 'fake of the tests'],
      voiceContract.map(({ title }) => [title, 'passes', 'passes']),
    ),
  ]);
}
