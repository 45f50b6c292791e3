import { autocompletion, type CompletionContext } from '@codemirror/autocomplete';
import type { Diagnostic } from '@codemirror/lint';
import type { Range } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { FlowProblem } from '@threerings/core/call-flow/problems';
import { allFlowWords, exitKindOf, kindOf } from '@threerings/core/call-flow/words';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { goTo, openNormEditor, putText, showProblems } from '../norms/norm-editor.ts';
import { OwnTexts } from '../norms/own-texts.ts';

interface FlowEditorProps {
  readonly text: string;
  readonly readOnly: boolean;
  readonly problems: readonly FlowProblem[];
  /** queues and prompts of this hotline, for completion */
  readonly names: readonly string[];
  /** an offset that somebody asked to see */
  readonly place: { readonly from: number } | undefined;
  readonly onChange: (text: string) => void;
}

/** The text of a flow. Mistakes are marked as one types. */
export function FlowEditor({ text, readOnly, problems, names, place, onChange }: FlowEditorProps) {
  const t = useWords();
  const { language } = usePreferences();
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const [own] = useState(() => new OwnTexts());
  const latest = useRef({ names, onChange });
  latest.current = { names, onChange };
  const label = t('flows.text');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor keeps its own text; another version is another element
  useEffect(() => {
    if (element.current === null) return;
    const editor = openNormEditor({
      parent: element.current.shadowRoot ?? element.current.attachShadow({ mode: 'open' }),
      text,
      isNorm: false,
      more: [highlighting, autocompletion({ override: [(context) => completions(context, latest.current.names)] })],
      readOnly,
      label,
      names: () => latest.current.names,
      changed: (now) => {
        own.tell(now);
        latest.current.onChange(now);
      },
      save: () => document.querySelector<HTMLButtonElement>('[data-save]')?.click(),
      moved: () => undefined,
      fix: () => false,
    });
    view.current = editor;
    return () => editor.destroy();
  }, [readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && !own.isBack(text) && editor.state.doc.toString() !== text) putText(editor, text);
  }, [text, own]);
  const shown = useMemo(
    () =>
      problems.map(
        ({ from, to, severity, code, message, expected }): Diagnostic => ({
          ...{ from, to, severity },
          message: `${code} ${message[language]} – ${expected[language]}`,
        }),
      ),
    [problems, language],
  );
  useEffect(() => {
    if (view.current !== undefined) showProblems(view.current, shown);
  }, [shown]);
  useEffect(() => {
    if (view.current !== undefined && place !== undefined) goTo(view.current, place.from);
  }, [place]);
  return <div ref={element} className="norm-editor grow" />;
}

const words = new Set(allFlowWords);

function decorationsOf(text: string): DecorationSet {
  const found: Range<Decoration>[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    if (/^\s*#/.test(line)) found.push(Decoration.mark({ class: 'norm-comment' }).range(offset, offset + line.length));
    else
      for (const [index, match] of [...line.matchAll(/\S+/g)].entries()) {
        const [word] = match;
        const opens = index === 0 && (kindOf(word) !== undefined || exitKindOf(word) !== undefined);
        const kind = opens ? 'norm-keyword' : words.has(word) ? 'norm-word' : /^[\d*#]/.test(word) ? 'norm-number' : undefined;
        const from = offset + match.index;
        if (kind !== undefined) found.push(Decoration.mark({ class: kind }).range(from, from + word.length));
      }
    offset += line.length + 1;
  }
  return Decoration.set(found, true);
}

const highlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorationsOf(view.state.doc.toString());
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = decorationsOf(update.state.doc.toString());
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Words of the language, the steps of this text, queues and prompts. */
function completions(context: CompletionContext, names: readonly string[]) {
  const before = context.matchBefore(/[\p{L}\p{N}_-]+/u);
  if (before === null && !context.explicit) return null;
  const steps = [...context.state.doc.toString().matchAll(/^\s*(?:步骤|step)\s+(\S+)/gm)].map((match) => match[1] ?? '');
  const options = [
    ...[...new Set([...steps, ...names])].map((label) => ({ label, type: 'variable', boost: 1 })),
    ...allFlowWords.map((label) => ({ label, type: 'keyword' })),
  ];
  return { from: before?.from ?? context.pos, options };
}
