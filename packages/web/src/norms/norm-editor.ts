import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, EditorState, type Extension, type Range } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { lex } from '@threerings/norms/syntax/lex';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';

const lexicon = buildLexicon(vocabulary);

/** What a token looks like; numbers and texts have colours of their own, never those of verdicts. */
const classOf: Readonly<Record<string, string>> = {
  string: 'norm-string',
  number: 'norm-number',
  date: 'norm-number',
  time: 'norm-number',
  clause: 'norm-clause',
  name: 'norm-name',
  unknown: 'norm-unknown',
};

function decorationsOf(text: string): DecorationSet {
  const found: Range<Decoration>[] = [];
  for (const token of lex(text, '', lexicon)) {
    const kind =
      token.kind === 'word'
        ? token.meanings.some((meaning) => meaning.kind === 'keyword')
          ? 'norm-keyword'
          : 'norm-word'
        : classOf[token.kind];
    if (kind === undefined || token.span.end <= token.span.start) continue;
    found.push(Decoration.mark({ class: kind }).range(token.span.start, token.span.end));
  }
  for (const comment of text.matchAll(/^[ \t]*#.*$/gm))
    found.push(Decoration.mark({ class: 'norm-comment' }).range(comment.index, comment.index + comment[0].length));
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

/** Words of the language and own names, by what stands before the cursor. */
function completionsFor(names: () => readonly string[]) {
  const words = [...lexicon.surfaces.values()].flat();
  return (context: CompletionContext) => {
    const before = context.matchBefore(/[\p{Script=Han}A-Za-z_][\p{Script=Han}A-Za-z0-9_-]*/u);
    if (before === null && !context.explicit) return null;
    const options = [
      ...names().map((label) => ({ label, type: 'variable', boost: 1 })),
      ...[...new Set(words)].map((label) => ({ label, type: 'keyword' })),
    ];
    return { from: before?.from ?? context.pos, options };
  };
}

/** Colours are the page’s: custom properties reach into a shadow tree, style sheets of the page do not. */
const look = EditorView.theme({
  '&': { height: '100%', background: 'var(--surface)', color: 'var(--t1)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, SFMono-Regular, "Noto Sans Mono CJK SC", "Microsoft YaHei UI", monospace',
    fontSize: '13px',
    lineHeight: '1.75',
  },
  '.cm-gutters': { background: 'var(--surface)', color: 'var(--t3)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'color-mix(in srgb, var(--pri) 7%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'currentColor' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--pri-bg)' },
  '.cm-tooltip': { background: 'var(--surface)', color: 'var(--t1)', border: '1px solid var(--line)', borderRadius: 'var(--r-m)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--pri)', color: 'var(--pri-on)' },
  '.cm-diagnostic': { padding: '4px 10px' },
  '.cm-diagnosticAction': { background: 'var(--pri)', color: 'var(--pri-on)', borderRadius: '4px', padding: '2px 8px' },
  '.norm-keyword': { color: 'var(--pri-t)', fontWeight: '600' },
  '.norm-string, .norm-clause': { color: 'var(--syn-s)' },
  '.norm-number': { color: 'var(--syn-n)' },
  '.norm-name': { textDecoration: 'underline dotted', textUnderlineOffset: '3px' },
  '.norm-comment, .norm-comment *': { color: 'var(--t3)', fontWeight: '400', textDecoration: 'none' },
});

export interface NormEditorOptions {
  /** a shadow tree: there the editor’s styles are constructed sheets, which a policy against inline styles lets through */
  readonly parent: ShadowRoot;
  readonly text: string;
  readonly isNorm: boolean;
  readonly readOnly: boolean;
  /** of another language that is written here */
  readonly more?: readonly Extension[];
  names(): readonly string[];
  /** somebody typed, pasted, undid */
  changed(text: string): void;
  save(): void;
  /** the cursor stands at this offset now */
  moved(at: number): void;
  /** puts the remedy of the problem under the cursor into the text */
  fix(view: EditorView): boolean;
  readonly label: string;
}

/** A text editor for norms: highlighting, completion, problems in the margin, undo; Ctrl S saves, Ctrl . mends. */
export function openNormEditor(options: NormEditorOptions): EditorView {
  const { isNorm, readOnly } = options;
  return new EditorView({
    parent: options.parent,
    root: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        look,
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        lintGutter(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(readOnly),
        EditorView.editable.of(!readOnly),
        EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false' }),
        ...(options.more ?? []),
        ...(isNorm ? [highlighting, autocompletion({ override: [completionsFor(options.names)] })] : []),
        keymap.of([
          {
            key: 'Mod-s',
            preventDefault: true,
            run: () => {
              options.save();
              return true;
            },
          },
          { key: 'Mod-.', run: options.fix },
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...lintKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          const fromOutside = update.transactions.some((one) => one.annotation(put) === true);
          if (update.docChanged && !fromOutside) options.changed(update.state.doc.toString());
          if (update.selectionSet || update.docChanged) options.moved(update.state.selection.main.head);
        }),
      ],
    }),
  });
}

/** Marks a text that was not typed here, so that it is not told as if it were. */
const put = Annotation.define<boolean>();

/** Puts another text in the place of what stands there. */
export function putText(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: put.of(true) });
}

export function showProblems(view: EditorView, problems: readonly Diagnostic[]): void {
  const end = view.state.doc.length;
  const within = problems.filter(({ from }) => from <= end).map((one) => ({ ...one, to: Math.min(one.to, end) }));
  view.dispatch(setDiagnostics(view.state, within));
}

/** Brings a place to the middle and puts the cursor there. */
export function goTo(view: EditorView, from: number): void {
  const at = Math.min(from, view.state.doc.length);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  view.focus();
}
