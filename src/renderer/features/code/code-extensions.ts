// CodeMirror's parts for reading: line numbers that count within cells, signs of findings, the open finding's lines, colours of the page.

import { HighlightStyle, LRLanguage, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension, RangeSet, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { parser } from '@lezer/python';
import type { Severity } from '../../../core/base/issues';
import type { CodeSheet } from '../../../core/view/code-sheet';
import { severityWords } from '../../../core/view/review-words';

/** A finding at a line of the sheet. */
export interface Mark {
  readonly line: number;
  readonly severity: Severity;
  readonly key: string;
  readonly text: string;
}

const python = LRLanguage.define({ name: 'python', parser });

/** The page's own tokens: they reach into the shadow tree, and follow light and dark by themselves. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], fontWeight: '600' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--fs-s)', color: 'var(--text)', backgroundColor: 'var(--bg)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '18px', overflow: 'auto' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', borderRight: '1px solid var(--line)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px' },
  '.cm-findings': { width: '20px' },
  '.cm-findings .cm-gutterElement': { cursor: 'pointer', textAlign: 'center', fontWeight: '700' },
  '.cm-open-line': { backgroundColor: 'var(--accent-soft)' },
});

const shapes: Readonly<Record<Severity, readonly [sign: string, colour: string]>> = {
  critical: ['●', 'var(--bad)'],
  warn: ['▲', 'var(--warn)'],
  note: ['◆', 'var(--accent)'],
  info: ['◆', 'var(--text-3)'],
};
const ranks: Readonly<Record<Severity, number>> = { critical: 0, warn: 1, note: 2, info: 3 };

class FindingMarker extends GutterMarker {
  constructor(readonly marks: readonly Mark[]) {
    super();
  }

  override toDOM(): Node {
    const worst = this.marks.toSorted((a, b) => ranks[a.severity] - ranks[b.severity])[0] as Mark;
    const [sign, colour] = shapes[worst.severity];
    const dom = document.createElement('span');
    dom.textContent = sign;
    dom.style.color = colour;
    dom.title = this.marks.map(({ severity, text }) => `${severityWords[severity]} ${text}`).join('\n');
    return dom;
  }
}

const openLines = StateEffect.define<{ readonly line: number; readonly endLine: number }>();
const openLine = Decoration.line({ class: 'cm-open-line' });
const opened = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, { effects, state }) {
    const effect = effects.find((one) => one.is(openLines));
    if (!effect) return before;
    const { line, endLine } = effect.value as { line: number; endLine: number };
    const builder = new RangeSetBuilder<Decoration>();
    // A whole class would be nothing but marked.
    for (let at = line; at <= Math.min(endLine, line + 11, state.doc.lines); at++) {
      const { from } = state.doc.line(at);
      builder.add(from, from, openLine);
    }
    return builder.finish();
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Scrolls to lines and marks them; lines beyond the file are its last. */
export function reveal(view: EditorView, line: number, endLine: number): void {
  const { doc } = view.state;
  const at = Math.min(Math.max(1, line), doc.lines);
  view.dispatch({ effects: [openLines.of({ line: at, endLine: Math.max(at, endLine) }), EditorView.scrollIntoView(doc.line(at).from, { y: 'center' })] });
}

export function extensionsOf(file: string, sheet: CodeSheet, marks: readonly Mark[], onMark: (key: string) => void): readonly Extension[] {
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) {
    const known = byLine.get(mark.line);
    if (known) known.push(mark);
    else byLine.set(mark.line, [mark]);
  }
  // The text never changes, so its signs are set once.
  let signs: RangeSet<GutterMarker> | null = null;
  const signsOf = (view: EditorView): RangeSet<GutterMarker> =>
    RangeSet.of(
      [...byLine]
        .filter(([line]) => line >= 1 && line <= view.state.doc.lines)
        .sort(([a], [b]) => a - b)
        .map(([line, found]) => new FindingMarker(found).range(view.state.doc.line(line).from)),
    );
  return [
    lineNumbers({ formatNumber: (line) => lineText(sheet, line) }),
    gutter({
      class: 'cm-findings',
      markers: (view) => {
        signs ??= signsOf(view);
        return signs;
      },
      domEventHandlers: {
        click(view, block) {
          const [first] = byLine.get(view.state.doc.lineAt(block.from).number) ?? [];
          if (first) onMark(first.key);
          return first !== undefined;
        },
      },
    }),
    opened,
    ...(/\.(pyw?|ipynb)$/.test(file) ? [python] : []),
    syntaxHighlighting(colours),
    theme,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': `Code of ${file}`, 'aria-readonly': 'true' }),
  ];
}

/** Of a notebook, the line within its cell; none on the line that names a cell. */
function lineText({ cells }: CodeSheet, line: number): string {
  if (!cells) return String(line);
  const cell = cells.findLast((one) => one.line <= line + 1);
  return cell === undefined || line < cell.line ? '' : String(line - cell.line + 1);
}
