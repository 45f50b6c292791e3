import { readFlow } from '@threerings/core/call-flow/read';
import { describe, expect, it } from 'vitest';
import { box, drawFlow } from './layout.ts';

const text = `流程 主
步骤 告知
录音告知
接 菜单
步骤 菜单
菜单 m
按 1 去 卡
按 2 去 自助
超时 5 秒 去 人工
错键 2 次 去 人工
步骤 自助
自助 s
转人工 0 去 人工
接 菜单
步骤 卡
排队 card
步骤 人工
排队
步骤 孤
播放 x
接 人工
`;

describe('the picture of a flow', () => {
  const { steps, ways, width, height } = drawFlow(readFlow(text).flow);
  const y = (name: string) => steps.find(({ step }) => step.name === name)?.y ?? 0;

  it('has each step below what leads to it, and all within it', () => {
    expect(y('菜单')).toBeGreaterThan(y('告知'));
    expect(y('人工')).toBeGreaterThan(y('自助'));
    expect(y('孤')).toBeGreaterThanOrEqual(y('人工'));
    for (const one of steps) expect(one.x >= box.margin && one.x + box.width <= width && one.y + box.height <= height).toBe(true);
  });

  it('lays no step over another', () => {
    for (const one of steps)
      for (const other of steps)
        if (one !== other) expect(Math.abs(one.x - other.x) >= box.width || Math.abs(one.y - other.y) >= box.height).toBe(true);
  });

  it('draws one way for exits that lead to the same step, and knows the ways back', () => {
    const way = (from: string, to: string) => ways.find((one) => one.from.step.name === from && one.to.step.name === to);
    expect(way('菜单', '人工')?.exits.map(({ on }) => on)).toEqual(['timeout', 'wrong']);
    expect([way('菜单', '人工')?.back, way('自助', '菜单')?.back]).toEqual([false, true]);
  });

  it('leads ways that pass a row beside all steps', () => {
    const past = ways.filter(({ lane }) => lane !== undefined);
    expect(past.map(({ from, to }) => `${from.step.name} ${to.step.name}`)).toContain('菜单 人工');
    for (const { lane = 0 } of past) expect(lane < width && steps.every(({ x }) => lane > x + box.width)).toBe(true);
  });

  it('is drawn of any text', () => {
    for (let at = 0; at < text.length; at += 7) expect(drawFlow(readFlow(text.slice(0, at)).flow).width).toBeGreaterThan(0);
  });
});
