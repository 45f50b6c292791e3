import { describe, expect, it } from 'vitest';
import { checkFlow } from '../call-flow/check.ts';
import { onlyQueue } from '../routing/plan.ts';
import { shippedSettings } from '../settings/defaults.ts';
import type { HotlineInput } from './inputs.ts';
import { react } from './react.ts';
import { emptyHotline, type Hotline } from './state.ts';
import { wakeUpOf } from './wake-ups.ts';

const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: Array(7).fill([[0, 1440]]), days: {}, night: [0, 1] as const };
const menu = (prompt: string) => `流程 主
步骤 告知
录音告知
接 菜单
步骤 菜单
菜单 ${prompt}
按 1 去 人工
超时 5 秒 去 人工
错键 2 次 去 人工
步骤 人工
排队
`;
const flow = (prompt: string, version: number) => ({ flow: checkFlow(menu(prompt)).flow, version });

type Told = HotlineInput extends infer Each ? (Each extends HotlineInput ? Omit<Each, 'at'> : never) : never;

class House {
  hotline: Hotline = emptyHotline({
    settings: shippedSettings,
    plan: onlyQueue('main'),
    calendar,
    staff: [],
    epoch: 1,
    flows: [flow('old', 1)],
  });
  now = 1000;
  readonly events: { readonly type: string; readonly interaction: string | undefined; readonly fields: object }[] = [];
  readonly played: string[] = [];

  tell(input: Told): void {
    const world = { newId: () => 'id', hangUpWaitMs: 0, digest: (text: string) => text };
    const { hotline, planned, effects } = react(this.hotline, { ...input, at: this.now } as HotlineInput, world);
    this.hotline = hotline;
    for (const { event, interaction } of planned) this.events.push({ type: event.type, interaction, fields: event.fields });
    for (const effect of effects) if (effect.kind === 'announce') this.played.push(`${effect.interaction} ${effect.prompt}`);
  }

  /** A caller who has heard the notice. */
  caller(interaction: string, more: { readonly queue?: string; readonly channel?: 'web-call' } = {}): void {
    this.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', ...more });
    this.tell({ kind: 'caller-connected', interaction });
    this.now += 3000;
    this.tell({ kind: 'prompt-ended', interaction, prompt: 'recording-notice', playedMs: 3000, interrupted: false });
  }

  types(interaction: string): string[] {
    return this.events.filter((event) => event.interaction === interaction).map(({ type }) => type);
  }
}

describe('a call flow that is exchanged', () => {
  it('lets calls in progress finish in the version in which they began', () => {
    const house = new House();
    house.caller('c-1');
    house.tell({ kind: 'configured', plan: house.hotline.plan, settings: house.hotline.settings, staff: [], flows: [flow('new', 2)] });
    house.tell({ kind: 'caller-digit', interaction: 'c-1', digit: '9' });
    house.caller('c-2');
    expect(house.played.filter((each) => each.includes('flow-'))).toEqual(['c-1 flow-old', 'c-1 flow-old', 'c-2 flow-new']);
    expect(house.events.filter(({ type }) => type === 'call.flow-entered').map(({ fields }) => fields)).toMatchObject([
      { version: 1 },
      { version: 2 },
    ]);
  });

  it('keeps calls in progress when it is withdrawn, and lets others straight to a person', () => {
    const house = new House();
    house.caller('c-1');
    house.tell({ kind: 'configured', plan: house.hotline.plan, settings: house.hotline.settings, staff: [], flows: [] });
    house.caller('c-2');
    expect(house.types('c-2')).toContain('call.queued');
    expect(house.types('c-1')).not.toContain('call.queued');
    house.tell({ kind: 'caller-digit', interaction: 'c-1', digit: '1' });
    expect(house.types('c-1')).toContain('call.queued');
  });
});

describe('a caller in a flow', () => {
  it('who chose a queue goes past it', () => {
    const house = new House();
    house.caller('c-1', { queue: 'main' });
    expect(house.types('c-1')).toContain('call.queued');
    expect(house.types('c-1')).not.toContain('call.flow-entered');
  });

  it('comes on although no prompt can be played and none ends', () => {
    const house = new House();
    house.tell({ kind: 'caller-arrived', interaction: 'c-1', channel: 'phone', called: '12333' });
    house.tell({ kind: 'caller-connected', interaction: 'c-1' });
    house.tell({
      kind: 'effect-failed',
      effect: { interaction: 'c-1', kind: 'announce', prompt: 'recording-notice' },
      refused: 'sound.unknown',
    });
    for (let at = wakeUpOf(house.hotline, 'c-1'); !house.types('c-1').includes('call.queued'); at = wakeUpOf(house.hotline, 'c-1')) {
      expect(at).toBeDefined();
      house.now = at ?? house.now;
      house.tell({ kind: 'wake', interaction: 'c-1' });
    }
    expect(house.events.find(({ type }) => type === 'call.menu-left')?.fields).toMatchObject({ outcome: 'timeout' });
  });

  it('who asks on the page to be called back leaves it and is promised so', () => {
    const house = new House();
    house.caller('c-1', { channel: 'web-call' });
    house.tell({ kind: 'caller-asks-callback', interaction: 'c-1', number: '13800000000' });
    expect(house.types('c-1').slice(-2)).toEqual(['call.flow-left', 'promise.made']);
    house.tell({ kind: 'prompt-ended', interaction: 'c-1', prompt: 'callback-promised', playedMs: 1, interrupted: false });
    expect(house.types('c-1')).toContain('call.ended');
  });

  it('who hangs up in a menu has left it', () => {
    const house = new House();
    house.caller('c-1');
    house.tell({ kind: 'caller-left', interaction: 'c-1', cause: 'bye' });
    expect(house.types('c-1').slice(-5)).toEqual([
      'call.menu-left',
      'call.flow-left',
      'call.abandoned',
      'call.ended',
      'interaction.closed',
    ]);
  });
});
