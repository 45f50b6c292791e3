import type { Diagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { PublishedScript } from '@threerings/core/wire/training';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { goTo, openNormEditor, putText, showProblems } from '../norms/norm-editor.ts';
import { OwnTexts } from '../norms/own-texts.ts';
import '../norms/norms.css';

export type ScriptFault = PublishedScript['faults'][number];

interface ScriptEditorProps {
  readonly text: string;
  readonly faults: readonly ScriptFault[];
  /** a fault that somebody asked to see */
  readonly place: ScriptFault | undefined;
  readonly onChange: (text: string) => void;
}

/** The text of a script; what does not check is marked at its place. */
export function ScriptEditor({ text, faults, place, onChange }: ScriptEditorProps) {
  const t = useWords();
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const [own] = useState(() => new OwnTexts());
  const latest = useRef(onChange);
  latest.current = onChange;
  const label = t('scripts.text');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor keeps its own text; another script is another element
  useEffect(() => {
    if (element.current === null) return;
    const editor = openNormEditor({
      parent: element.current.shadowRoot ?? element.current.attachShadow({ mode: 'open' }),
      ...{ text, isNorm: false, readOnly: false, label },
      names: () => [],
      changed: (now) => {
        own.tell(now);
        latest.current(now);
      },
      save: () => document.querySelector<HTMLButtonElement>('[data-save]')?.click(),
      moved: () => undefined,
      fix: () => false,
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && !own.isBack(text) && editor.state.doc.toString() !== text) putText(editor, text);
  }, [text, own]);
  const shown = useMemo(() => faults.map((fault) => marked(fault, text)), [faults, text]);
  useEffect(() => {
    if (view.current !== undefined) showProblems(view.current, shown);
  }, [shown]);
  useEffect(() => {
    if (view.current !== undefined && place !== undefined) goTo(view.current, offsetOf(place, view.current.state.doc.toString()));
  }, [place]);
  return <div ref={element} className="norm-editor grow" />;
}

function marked(fault: ScriptFault, text: string): Diagnostic {
  const from = offsetOf(fault, text);
  const end = text.indexOf('\n', from);
  return { from, to: end < 0 ? text.length : end, severity: 'error', message: `${fault.expected} – ${fault.found}` };
}

function offsetOf({ line, column }: ScriptFault, text: string): number {
  const before = text.split('\n').slice(0, line - 1);
  return Math.min(text.length, before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1);
}
