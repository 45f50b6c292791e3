import type { Diagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { PackText } from '@threerings/core/wire/norm-packs';
import { FileText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { Card } from '../ui/card.tsx';
import { Select } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { Checked } from './checking.ts';
import { wordOfRemedy } from './draft.ts';
import { goTo, openNormEditor, putText, showProblems } from './norm-editor.ts';
import { OwnTexts } from './own-texts.ts';
import type { PackTextState } from './use-pack-text.ts';

/** A place that somebody asked to see. */
export interface Place {
  readonly path: string;
  readonly from: number;
}

interface NormTextProps {
  readonly file: PackText;
  readonly files: readonly PackText[];
  readonly readOnly: boolean;
  readonly text: PackTextState;
  readonly place: Place | undefined;
  readonly onOpen: (path: string) => void;
  readonly onCursor: (at: number) => void;
  readonly onPlace: (path: string, from: number) => void;
}

type Tongue = 'written' | 'zh' | 'en';

/** The text of one file. Errors are marked as one types, with a remedy where there is one; Ctrl . puts it in. */
export function NormText({ file, files, readOnly, text, place, onOpen, onCursor, onPlace }: NormTextProps) {
  const t = useWords();
  const [tongue, setTongue] = useState<Tongue>('written');
  const own = text.checked?.problems.filter((problem) => problem.file === file.path) ?? [];
  return (
    <Card
      className="norms-text"
      icon={<FileText size={16} aria-hidden />}
      title={
        <Select aria-label={t('norms.files')} value={file.path} onChange={(event) => onOpen(event.target.value)}>
          {files.map(({ path }) => (
            <option key={path} value={path}>
              {path}
              {text.changed.includes(path) ? ' •' : ''}
            </option>
          ))}
        </Select>
      }
      aside={
        file.path.endsWith('.norm') && (
          <Segmented<Tongue>
            label={t('norms.tongue')}
            value={tongue}
            onChange={setTongue}
            options={[
              { value: 'written', label: t('norms.as-written') },
              { value: 'zh', label: t('norms.chinese') },
              { value: 'en', label: t('norms.english') },
            ]}
          />
        )
      }
      footer={<Standing checked={text.checked} readOnly={readOnly} onPlace={onPlace} />}
    >
      {tongue === 'written' ? (
        <Editor {...{ file, readOnly, text, place, onCursor }} problems={own} />
      ) : (
        <Printed text={text} source={file.text} tongue={tongue} />
      )}
    </Card>
  );
}

function Standing({ checked, readOnly, onPlace }: { checked: Checked | undefined; readOnly: boolean } & Pick<NormTextProps, 'onPlace'>) {
  const t = useWords();
  const say = useTongue();
  if (checked === undefined) return <p className="meta">{t('norms.checking')}</p>;
  const errors = checked.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = checked.problems.length - errors;
  const first = checked.problems.find(({ severity }) => severity === 'error');
  return (
    <>
      <p className="norms-standing" data-tone={errors > 0 ? 'error' : undefined} role="status">
        {errors > 0 ? t('norms.problems', { n: errors }) : t('norms.clean')}
        {warnings > 0 && ` · ${t('norms.warnings', { n: warnings })}`}
      </p>
      {first !== undefined && (
        <button type="button" className="norms-first-problem cut" onClick={() => onPlace(first.file, first.from)}>
          {t('norms.line', { file: first.file, line: first.line })} {say(first.message)}
        </button>
      )}
      {readOnly && <p className="meta">{t('norms.read-only')}</p>}
    </>
  );
}

type EditorProps = Pick<NormTextProps, 'file' | 'readOnly' | 'text' | 'place' | 'onCursor'> & { readonly problems: Checked['problems'] };

function Editor({ file, readOnly, text, place, onCursor, problems }: EditorProps) {
  const t = useWords();
  const { language } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const [own] = useState(() => new OwnTexts());
  const latest = useRef({ text, problems });
  latest.current = { text, problems };
  const label = t('norms.text', { file: file.path });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor keeps its own text; it is made anew for another file only
  useEffect(() => {
    if (box.current === null) return;
    const editor = openNormEditor({
      parent: box.current.shadowRoot ?? box.current.attachShadow({ mode: 'open' }),
      text: file.text,
      isNorm: file.path.endsWith('.norm'),
      readOnly,
      label,
      names: () => latest.current.text.checked?.norms?.map(({ norm }) => norm) ?? [],
      changed: (now) => {
        own.tell(now);
        latest.current.text.change(file.path, now);
      },
      save: () => document.querySelector<HTMLButtonElement>('[data-save]')?.click(),
      moved: onCursor,
      fix: (editing) => applyRemedy(editing, latest.current.problems),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [file.path, readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && !own.isBack(file.text) && editor.state.doc.toString() !== file.text) putText(editor, file.text);
  }, [file.text, own]);
  const shown = useMemo(
    () => problems.map((problem) => diagnosticOf(problem, language, (to) => t('norms.fix', { to }), readOnly)),
    [problems, language, t, readOnly],
  );
  useEffect(() => {
    if (view.current !== undefined) showProblems(view.current, shown);
  }, [shown]);
  useEffect(() => {
    if (view.current !== undefined && place !== undefined) goTo(view.current, place.from);
  }, [place]);
  return <div ref={box} className="norm-editor grow" />;
}

type Problem = Checked['problems'][number];

/** A remedy can be put in where it names a word and the problem is one word: a whole norm is not exchanged for one. */
function remedyFor(problem: Problem, length: number): string | undefined {
  const word = wordOfRemedy(problem.suggestion?.zh);
  return word !== undefined && length > 0 && length <= 40 ? word : undefined;
}

function diagnosticOf(problem: Problem, language: 'zh' | 'en', fixLabel: (to: string) => string, readOnly: boolean): Diagnostic {
  const { from, to, severity, message, suggestion, code } = problem;
  const word = readOnly ? undefined : remedyFor(problem, to - from);
  return {
    from,
    to: Math.max(to, from),
    severity,
    message: `${code} ${message[language]}${suggestion === undefined ? '' : ` – ${suggestion[language]}`}`,
    actions:
      word === undefined
        ? []
        : [{ name: fixLabel(word), apply: (view, start, end) => view.dispatch({ changes: { from: start, to: end, insert: word } }) }],
  };
}

/** The first problem at or after the cursor that has a remedy. */
function applyRemedy(view: EditorView, problems: readonly Problem[]): boolean {
  const at = view.state.selection.main.head;
  const [next] = problems
    .filter((problem) => remedyFor(problem, problem.to - problem.from) !== undefined)
    .sort((one, other) => Number(one.to < at) - Number(other.to < at) || one.from - other.from);
  if (next === undefined || view.state.readOnly) return false;
  view.dispatch({ changes: { from: next.from, to: next.to, insert: remedyFor(next, next.to - next.from) ?? '' } });
  return true;
}

/** The same file in one keyword language, read only. */
function Printed({ text, source, tongue }: { text: PackTextState; source: string; tongue: 'zh' | 'en' }) {
  const t = useWords();
  const [printed, setPrinted] = useState<string | undefined>('');
  const { checker } = text;
  useEffect(() => {
    let current = true;
    void checker.ask({ kind: 'print', text: source, tongue }).then((answer) => {
      if (current) setPrinted(answer.text);
    });
    return () => {
      current = false;
    };
  }, [checker, source, tongue]);
  if (printed === undefined) return <p className="card-body t2">{t('norms.not-printable')}</p>;
  return <pre className="norm-printed scroll grow">{printed}</pre>;
}
