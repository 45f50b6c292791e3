import { readFileSync } from 'node:fs';
import type { PhraseFamily } from '@threerings/norms/phrases';
import { parse } from 'yaml';

const folder = new URL('../../../../golden/norm-operators/', import.meta.url);

/** An operator as a norm, and the calls that show it. */
export interface OperatorExample {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** whole text of the norm */
  readonly norm: string;
  /** told cases, with their beginning and end */
  readonly told: string;
}

export interface Vendor {
  readonly vendor: string;
  readonly source: string;
  /** name of the operator, and the key of our example, or why there is none */
  readonly operators: Readonly<Record<string, string | { readonly none: string }>>;
}

interface File {
  readonly families: Readonly<Record<string, Partial<PhraseFamily> & { readonly zh: string; readonly variants: readonly string[] }>>;
  readonly examples: Readonly<
    Record<string, { readonly zh: string; readonly en: string; readonly norm: string; readonly told: string; readonly call?: boolean }>
  >;
}

const file = parse(readFileSync(new URL('examples.yaml', folder), 'utf8')) as File;

export const vendors = parse(readFileSync(new URL('vendors.yaml', folder), 'utf8')) as readonly Vendor[];

export const operatorFamilies: readonly PhraseFamily[] = Object.entries(file.families).map(([id, family]) => ({
  ...{ norms: [], guard: [], pinyin: 0, not: [], hit: [], miss: [] },
  ...family,
  id,
}));

const indented = (text: string) => text.trimEnd().replace(/^/gm, '  ');

export const operatorExamples: readonly OperatorExample[] = Object.entries(file.examples).map(([id, { zh, en, norm, told, call }]) => ({
  id,
  zh,
  en,
  norm: `规范 ${id} “${zh}”\n  依据 S9-01\n${indented(norm)}\n`,
  told: `norm ${id}\n${call === false ? told : aroundCall(told)}`,
}));

/** Each case begins with an answer and ends with the end of the call. */
function aroundCall(told: string): string {
  return told.replace(/^(case .*\n(?:begins .*\n)?)((?:(?!case )(?!expect ).*\n)*)/gm, (_, head: string, lines: string) => {
    const answered = lines.includes('call.answered') ? '' : '00:00.000 agent call.answered leg=a agent=0217\n';
    const ended = lines.includes('wrapup.')
      ? '10:00.000 call.ended outcome=normal side=customer talk=600000\n20:00.000 interaction.closed reason=done\n'
      : '10:00.000 call.ended outcome=normal side=customer talk=600000\n';
    return `${head}${answered}${lines}${ended}`;
  });
}

/** The text of a pack that holds every example. */
export const operatorsPack = `规范包 「算子」 版本 1\n出处 S9 “算子”\n\n${operatorExamples.map(({ norm }) => norm).join('\n')}`;
