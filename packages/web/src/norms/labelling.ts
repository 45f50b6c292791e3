import type { PackText } from '@threerings/core/wire/norm-packs';
import type { PastedLine } from './conversation.ts';

/** Where conversations that are labelled on this page are written. */
export const labelledFile = 'labelled/added.timeline';

export interface GivenLabel {
  readonly norm: string;
  readonly values: readonly string[];
}

/** What a labelled conversation begins as: a stored one by its id – its words stay where they can be erased –, a pasted one told. */
export type LabelledFrom = { readonly stored: string } | { readonly pasted: readonly PastedLine[] };

const answeredS = 5;
const utteranceS = 4;

/** The file of added labels with one conversation more, as the norm language's stories are told. */
export function withLabelled(files: readonly PackText[], name: string, from: LabelledFrom, labels: readonly GivenLabel[]): string {
  const before = files.find(({ path }) => path === labelledFile)?.text ?? '';
  const lines = [
    `conversation ${oneLine(name)}`,
    ...('stored' in from ? [`stored ${from.stored}`] : toldLines(from.pasted)),
    ...labels.map(({ norm, values }) => `label ${norm} ${values.length === 0 ? 'nothing' : values.join(' ')}`),
  ];
  return `${before === '' ? '' : `${before.trimEnd()}\n\n`}${lines.join('\n')}\n`;
}

/** The same call that a trial makes of a pasted conversation: answered after 5 s, 4 s an utterance. */
function toldLines(pasted: readonly PastedLine[]): string[] {
  const end = answeredS + pasted.length * utteranceS + 2;
  return [
    '00:00.000 call.offered direction=in channel=phone number=0',
    '00:00.000 call.ringing leg=a target=agent agent=0000',
    `${clock(answeredS)} agent call.answered leg=a agent=0000 rings=1`,
    ...pasted.map(({ role, text }, n) => `${clock(answeredS + n * utteranceS)} ${role} says “${oneLine(text).replace(/[“”"#]/g, '')}”`),
    `${clock(end)} call.ended outcome=normal side=customer talk=${(end - answeredS) * 1000}`,
  ];
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.000`;
}

/** Where a line begins, in UTF-16 units; lines count from 1. */
export function offsetOfLine(text: string, line: number): number {
  return text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, each) => sum + each.length + 1, 0);
}
