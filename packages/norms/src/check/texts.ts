import { compilePattern } from '../lexical/pattern.ts';
import { didYouMean } from '../messages.ts';
import { nearest } from '../nearest.ts';
import type { Bilingual } from '../problem.ts';
import type { Span, Text } from '../tree.ts';
import type { Findings, Place } from './context.ts';

/** Checks that the families, noted values and patterns of a text matcher exist. Texts hold no names to replace. */
export function checkText(text: Text, place: Place): void {
  switch (text.kind) {
    case 'family':
      checkFamily(text.name, text.span, place.findings);
      return;
    case 'regex':
      checkRegular(text.value, text.span, place);
      if (text.except !== undefined) checkRegular(text.except, text.span, place);
      return;
    case 'spoken':
      checkNoted(text.name, text.span, place);
      return;
    case 'someOf':
      if (typeof text.need === 'number' && text.need > text.items.length) {
        place.findings.report('N044', text.span, { args: { need: text.need, have: text.items.length } });
      }
      for (const item of text.items) checkText(item, place);
      return;
    case 'near':
      checkText(text.left, place);
      checkText(text.right, place);
      return;
    case 'literal':
    case 'similar':
    case 'sounds':
    case 'repeated':
      return;
  }
}

export function checkFamily(name: string, span: Span, findings: Findings): void {
  if (findings.names.families.has(name)) return;
  findings.report('N028', span, { args: { name }, found: name, suggestion: didYouMean(nearest(name, findings.names.families.keys())) });
}

export function checkNoted(name: string, span: Span, place: Place): void {
  if (!place.variables.has(name)) place.findings.report('N024', span, { args: { name: place.findings.fieldLabel(name) } });
}

function checkRegular(source: string, span: Span, place: Place): void {
  const result = compilePattern(source);
  if (result.ok) return;
  const fault: Bilingual = {
    zh: `第 ${result.at + 1} 字处应为 ${result.expected}`,
    en: `expected ${result.expected} at character ${result.at + 1}`,
  };
  place.findings.report('N029', span, { args: { fault }, found: source });
}

/** Field ids of the slots that a text can bind; the slots of the families in it. */
export function slotsOf(text: Text, findings: Findings): ReadonlySet<string> {
  switch (text.kind) {
    case 'family':
      return findings.slotsOfFamily(text.name);
    case 'someOf':
      return new Set(text.need === 'none' ? [] : text.items.flatMap((item) => [...slotsOf(item, findings)]));
    case 'near':
      return new Set([...slotsOf(text.left, findings), ...slotsOf(text.right, findings)]);
    default:
      return new Set();
  }
}
