import { type CallFlow, type FlowExit, promptsIn } from '@threerings/core/call-flow/flow';
import { exitWords, stepWords } from '@threerings/core/call-flow/words';
import { useMemo } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { box, drawFlow, type PlacedStep, type PlacedWay } from './layout.ts';

interface FlowPictureProps {
  readonly flow: CallFlow;
  /** steps in which something is wrong */
  readonly wrong: ReadonlySet<string>;
  readonly onStep: (from: number) => void;
}

/** A wide picture is made smaller, but not below this, px: then it scrolls. */
const legible = 600;
const toPeople = ['queue', 'message', 'callback'];

/** The flow as it is written, from top to bottom; a step leads to its place in the text. */
export function FlowPicture({ flow, wrong, onStep }: FlowPictureProps) {
  const t = useWords();
  const drawing = useMemo(() => drawFlow(flow), [flow]);
  const { width, height, steps, ways } = drawing;
  return (
    <div className="scroll grow flow-picture">
      {/* biome-ignore lint/a11y/useSemanticElements: a picture whose parts can be pressed is no field set */}
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        style={{ minWidth: Math.min(width, legible) }}
        role="group"
        aria-label={t('flows.picture')}
      >
        <defs>
          <marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
            <path d="M0 0 8 4 0 8z" fill="currentColor" />
          </marker>
        </defs>
        {ways.map((way) => (
          <Way key={`${way.from.step.name} ${way.to.step.name}`} way={way} />
        ))}
        {steps.map((placed) => (
          <Step key={placed.step.name} placed={placed} isWrong={wrong.has(placed.step.name)} onStep={onStep} />
        ))}
      </svg>
    </div>
  );
}

function Step({ placed: { step, x, y }, isWrong, onStep }: { placed: PlacedStep; isWrong: boolean } & Pick<FlowPictureProps, 'onStep'>) {
  const { language } = usePreferences();
  const kind = stepWords[step.action.kind][language === 'zh' ? 0 : 1];
  const detail = 'queue' in step.action && step.action.queue !== undefined ? step.action.queue : promptsIn(step.action)[0];
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      className="flow-step"
      data-end={toPeople.includes(step.action.kind) ? 'person' : step.action.kind === 'end' ? 'end' : undefined}
      data-wrong={isWrong}
      transform={`translate(${x} ${y})`}
      role="button"
      tabIndex={0}
      aria-label={`${kind} ${step.name}`}
      onClick={() => onStep(step.place.from)}
      onKeyDown={(event) => event.key === 'Enter' && onStep(step.place.from)}
    >
      <rect width={box.width} height={box.height} rx="8" />
      <text x="10" y="18" className="flow-step-name">
        {cut(step.name, 10)}
      </text>
      <text x="10" y="35" className="flow-step-kind">
        {cut(detail === undefined ? kind : `${kind} · ${detail}`, 16)}
      </text>
    </g>
  );
}

function Way({ way }: { way: PlacedWay }) {
  const { language } = usePreferences();
  const label = cut(way.exits.map((exit) => wordOf(exit, language === 'zh' ? 0 : 1)).join(' '), 14);
  const { path, place } = way.lane === undefined ? (way.back ? upwards(way) : downwards(way)) : beside(way, way.lane);
  return (
    <g className="flow-way" data-back={way.back}>
      <path d={path} markerEnd="url(#flow-arrow)" />
      {label !== '' && (
        <text x={place.x} y={place.y} textAnchor="middle">
          {label}
        </text>
      )}
    </g>
  );
}

const middle = ({ x }: PlacedStep) => x + box.width / 2;

function downwards({ from, to }: PlacedWay) {
  const [x, y, toX] = [middle(from), from.y + box.height, middle(to)];
  const bend = box.down / 2;
  const path = `M${x} ${y} C${x} ${y + bend} ${toX} ${to.y - bend} ${toX} ${to.y}`;
  return { path, place: { x: x + (toX - x) * 0.62, y: y + (to.y - y) * 0.62 } };
}

/** Between the rows to its lane, down there, and back between the rows. */
function beside({ from, to }: PlacedWay, lane: number) {
  const [x, y, toX] = [middle(from) + box.width / 4, from.y + box.height, middle(to) + box.width / 4];
  const path = `M${x} ${y} V${y + 8} H${lane} V${to.y - 14} H${toX} V${to.y}`;
  return { path, place: { x: lane - box.label / 2, y: y + 12 } };
}

function upwards({ from, to }: PlacedWay) {
  const side = Math.max(from.x, to.x) + box.width + box.across / 2;
  const [x, y, toX, toY] = [from.x + box.width, from.y + box.height / 2, to.x + box.width, to.y + box.height / 2];
  const path = `M${x} ${y} C${side + 8} ${from.y} ${side + 8} ${to.y + box.height} ${toX} ${toY}`;
  return { path, place: { x: side - 4, y: (y + toY) / 2 } };
}

/** 接 goes without saying. */
function wordOf({ on, value, times }: FlowExit, tongue: 0 | 1): string {
  if (on === 'next') return '';
  if (on === 'key' || on === 'result') return value ?? '';
  if (on === 'person') return `${exitWords.person[tongue]} ${value ?? ''}`;
  return on === 'wrong' ? `${exitWords.wrong[tongue]}×${times ?? 1}` : exitWords[on][tongue];
}

function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
