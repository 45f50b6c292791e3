import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type ImportFault, shown } from '../imports/fault.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const words = z.string().min(1).max(2000);
const bilingual = z.strictObject({ zh: words, en: words });
const evidence = z.union([z.strictObject({ scenario: id, event: words }), z.strictObject({ test: words, title: words })]);
/** What shows something at work: an event of a scenario's golden timeline, or a test by its title. */
export type Evidence = z.infer<typeof evidence>;
const evidences = z.array(evidence).min(1);

const rule = z.strictObject({
  zh: words,
  en: words,
  shown: evidences.optional(),
  /** or why there is none, after `none – ` */
  contrary: z.union([evidences, z.string().regex(/^none – ./)]).optional(),
  /** what the running hotline lacks although the evidence stands: then the rule is told, not proven */
  lacks: z.array(words).min(1).optional(),
});
/** A workflow rule: what the software makes happen, or refuses to let happen. */
export type WorkflowRule = z.infer<typeof rule>;

const section = z.record(id, bilingual);
const form = z.strictObject({
  zh: words,
  en: words,
  scoring: z.enum(['weighted', 'findings']),
  /** the workflow rule by which people fill the form in: what shows that, shows the items */
  rule: id,
  sections: section,
});
const item = z.strictObject({
  form: id,
  section: id,
  weight: z.number().int().min(0).max(100).optional(),
  zh: words,
  en: words,
  guidance: bilingual,
});
const qualityForm = z
  .strictObject({ version: z.number().int().min(1), forms: z.record(id, form), items: z.record(id, item) })
  .superRefine(({ forms, items }, context) => {
    for (const [name, one] of Object.entries(items)) {
      if (forms[one.form]?.sections[one.section] !== undefined) continue;
      context.addIssue({ code: 'custom', path: ['items', name, 'section'], message: 'expected a form and a section of it' });
    }
    for (const [name, { scoring }] of Object.entries(forms)) {
      const own = Object.values(items).filter((one) => one.form === name);
      const sum = own.reduce((total, { weight = 0 }) => total + weight, 0);
      if (sum === (scoring === 'weighted' ? 100 : 0)) continue;
      context.addIssue({
        code: 'custom',
        path: ['forms', name],
        message: `weights of 100, none where findings count: here ${sum}`,
      });
    }
  });
/** Forms of human reviewers, and the items that stand on them. */
export type QualityForm = z.infer<typeof qualityForm>;

const tongue = z.strictObject({ title: words, text: words });
const acknowledgeText = z.strictObject({
  version: z.number().int().min(1),
  for: z.enum(['agent', 'lead', 'owner']),
  /** off until the hotline turns it on */
  optional: z.boolean().optional(),
  zh: tongue,
  en: tongue,
});
/** A text that people read and confirm. */
export type AcknowledgeText = z.infer<typeof acknowledgeText>;

export interface CarriedByPeople {
  readonly rules: Readonly<Record<string, WorkflowRule>>;
  readonly form: QualityForm;
  readonly texts: Readonly<Record<string, AcknowledgeText>>;
  /** line of a rule in its file */
  readonly lineOfRule: (rule: string) => number;
}

/** The workflow rule by which people confirm texts. */
export const confirmingRule = 'texts-are-confirmed';
export const rulesFile = 'workflow-rules.yaml';

/** Reads workflow rules, quality form and texts of the catalogue's folder; what is wrong is told with its line. */
export async function readCarriedByPeople(
  folder: string,
): Promise<{ readonly value?: CarriedByPeople; readonly faults: readonly ImportFault[] }> {
  const rules = await readYaml(path.join(folder, rulesFile), z.record(id, rule));
  const form = await readYaml(path.join(folder, 'quality-form.yaml'), qualityForm);
  const texts = await readYaml(path.join(folder, 'acknowledge-texts.yaml'), z.record(id, acknowledgeText));
  const faults = [...rules.faults, ...form.faults, ...texts.faults];
  if (rules.value === undefined || form.value === undefined || texts.value === undefined) return { faults };
  return { value: { rules: rules.value, form: form.value, texts: texts.value, lineOfRule: (name) => rules.lineOf([name]) }, faults };
}

async function readYaml<T>(file: string, shape: z.ZodType<T>) {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number | undefined) => lines.linePos(offset ?? 0);
  const lineOf = (keys: readonly PropertyKey[]): number => {
    const node: unknown = document.getIn(keys.map(String), true);
    const range = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range : undefined;
    return range === undefined && keys.length > 0 ? lineOf(keys.slice(0, -1)) : at(range?.[0]).line;
  };
  const broken = document.errors.map((error) => ({ file, ...columnOf(at(error.pos[0])), expected: 'YAML', found: shown(error.message) }));
  if (broken.length > 0) return { faults: broken, lineOf };
  const read = shape.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (read.success) return { value: read.data, faults: [], lineOf };
  const faults = read.error.issues.map(({ path: keys, message }) => {
    return { file, line: lineOf(keys), column: 1, expected: `a proper ${keys.join('.')}`, found: `another (${message})` };
  });
  return { faults, lineOf };
}

function columnOf({ line, col }: { readonly line: number; readonly col: number }) {
  return { line, column: col };
}
