import {
  type EngineSupport,
  engineFeatures,
  type Feature,
  mediaFeatures,
  type Support,
  signallingFeatures,
} from '@threerings/voice/features';
import { voiceContract } from '@threerings/voice/port-contract';
import { page, table } from './table.ts';

const embedded: Readonly<Record<Support, string>> = { yes: 'yes', refused: 'refused cleanly', no: 'no' };
const instead: Readonly<Record<Support, string>> = { yes: '–', refused: 'use Asterisk', no: '–' };

const onEngine: Readonly<Record<EngineSupport, string>> = {
  ...{ yes: 'yes', gateway: 'through the gateway', part: 'in part', refused: 'refused cleanly', no: 'no' },
};

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
    '“Use Asterisk”: an Asterisk, or another session border controller, between trunk and this server can do it; that is not tried here.',
    '',
    '## Signalling',
    '',
    table(head, rows(signallingFeatures)),
    '',
    '## Media',
    '',
    table(head, rows(mediaFeatures)),
    '',
    '## Engines',
    '',
    'The engine on Asterisk 22 is `packages/voice/src/asterisk`; its tests are `asterisk.wire.test.ts` there. “Tried” = shown by them on a real Asterisk.',
    '',
    table(
      ['feature', 'embedded engine', 'Asterisk 22', 'tried', 'remark'],
      engineFeatures.map(({ name, embedded: ours, asterisk, tried, remark }) => [
        ...[name, onEngine[ours], onEngine[asterisk], tried ? 'yes' : 'no', remark ?? ''],
      ]),
    ),
    '',
    '## Contract',
    '',
    'Every engine behind the port passes these cases; the last columns are the engines there are.',
    '',
    table(
      ['case', 'voice process', 'Asterisk 22 with gateway', 'fake of the tests'],
      voiceContract.map(({ title }) => [title, 'passes', 'passes', 'passes']),
    ),
  ]);
}
