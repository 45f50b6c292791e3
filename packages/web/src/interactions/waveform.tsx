import type { Peaks } from '@threerings/core/wire/interactions';
import { useEffect, useRef } from 'react';
import { usePreferences } from '../app/preferences.ts';
import { type Extent, type Interval, shareOf } from './timeline.ts';

interface WaveformProps {
  readonly peaks: Peaks | undefined;
  readonly startedAt: number;
  readonly extent: Extent;
  readonly holds: readonly Interval[];
  readonly height: number;
}

/** Two channels on a canvas: the caller above, the agent below. The text twin is the transcript and the list of verdicts. */
export function Waveform({ peaks, startedAt, extent, holds, height }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = usePreferences();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours that `draw` reads from the document
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const draw = () => drawWave(element, { peaks, startedAt, extent, holds, height });
    draw();
    const watch = new ResizeObserver(draw);
    watch.observe(element);
    return () => watch.disconnect();
  }, [peaks, startedAt, extent, holds, height, theme]);
  return <canvas ref={canvas} className="wave-canvas" style={{ height }} aria-hidden />;
}

function drawWave(canvas: HTMLCanvasElement, { peaks, startedAt, extent, holds, height }: WaveformProps): void {
  const context = canvas.getContext('2d');
  const width = canvas.clientWidth;
  if (context === null || width === 0) return;
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(token);

  context.fillStyle = colour('--warn-bg');
  for (const hold of holds) {
    const from = shareOf(extent, hold.from) * width;
    context.fillRect(from, 0, Math.max(2, shareOf(extent, hold.to) * width - from), height);
  }
  const middle = height / 2;
  context.fillStyle = colour('--line-2');
  context.fillRect(0, middle / 2, width, 1);
  context.fillRect(0, middle * 1.5, width, 1);
  if (peaks === undefined) return;
  const draw = { context, extent, startedAt, perSecond: peaks.perSecond, width, half: middle / 2 - 3 };
  drawChannel({ ...draw, values: peaks.left, axis: middle / 2, colour: colour('--wave-caller') });
  drawChannel({ ...draw, values: peaks.right, axis: middle * 1.5, colour: colour('--wave-agent') });
}

interface Channel {
  readonly context: CanvasRenderingContext2D;
  readonly values: readonly number[];
  readonly extent: Extent;
  readonly startedAt: number;
  readonly perSecond: number;
  readonly width: number;
  readonly axis: number;
  readonly half: number;
  readonly colour: string;
}

const columnWidth = 3;

/** One bar for each three pixels: the loudest of the peaks that fall into it. */
function drawChannel({ context, values, extent, startedAt, perSecond, width, axis, half, colour }: Channel): void {
  context.fillStyle = colour;
  const msPerColumn = ((extent.to - extent.from) / width) * columnWidth;
  for (let x = 0; x < width; x += columnWidth) {
    const from = extent.from + (x / width) * (extent.to - extent.from) - startedAt;
    const first = Math.max(0, Math.floor((from / 1000) * perSecond));
    const last = Math.min(values.length, Math.ceil(((from + msPerColumn) / 1000) * perSecond));
    let loudest = 0;
    for (let place = first; place < last; place += 1) loudest = Math.max(loudest, values[place] ?? 0);
    if (loudest <= 0.01) continue;
    const tall = Math.max(1, loudest * half);
    context.fillRect(x, axis - tall, columnWidth - 1, tall * 2);
  }
}
