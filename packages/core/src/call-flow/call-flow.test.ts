import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlow, type FlowHouse } from './check.ts';
import { plainFlow } from './examples.ts';
import { type CallFlow, promptsOf } from './flow.ts';
import { beginFlow, type FlowAct, type FlowEvent, type FlowScene, type FlowTurn, mostStepsEntered, stepFlow } from './interpret.ts';
import { formatFlowProblem } from './problems.ts';
import { longestFlow, readFlow } from './read.ts';

const house: FlowHouse = { queues: ['综合', '社保卡'], prompts: new Set(['主菜单', '请输入']), voicemail: false, lookupHosts: [] };
const scene: FlowScene = { at: 0, minuteOfDay: 600, isOpen: () => true };
const codes = (text: string, of?: FlowHouse) => checkFlow(text, of).problems.map(({ code, line }) => `${line} ${code}`);
const begin = `流程 主
步骤 告知
录音告知
`;
const people = `步骤 人工
排队
`;
const menu = `接 菜单
步骤 菜单
菜单 主菜单
按 1 去 卡
按 0 去 人工
超时 5 秒 去 人工
错键 2 次 去 人工
步骤 卡
排队 社保卡 优先 2
${people}`;

/** Tells what happens one after the other, an instant apart. */
function run(
  flow: CallFlow,
  events: readonly FlowEvent[],
  of: FlowScene = scene,
): { readonly turn: FlowTurn; readonly acts: readonly FlowAct[] } {
  let turn = beginFlow(flow, of, '13800000000');
  const acts = [...turn.acts];
  for (const event of events) {
    turn = stepFlow(flow, turn.state, event, { ...of, at: event.kind === 'timeout' ? turn.state.until : turn.state.since });
    acts.push(...turn.acts);
  }
  return { turn, acts };
}

const heard = (prompt: string): FlowEvent => ({ kind: 'prompt-ended', prompt });
const key = (digit: string): FlowEvent => ({ kind: 'digit', digit });
const noticeHeard = heard('recording-notice');

describe('the text of a call flow', () => {
  it('says the same in Chinese and in English', () => {
    const english = `flow 主
step 告知
recording-notice
next 菜单
step 菜单
menu 主菜单
key 1 to 卡
key 0 to 人工
timeout 5s to 人工
wrong 2 times to 人工
step 卡
queue 社保卡 priority 2
step 人工
queue
`;
    const bare = (text: string) =>
      readFlow(text).flow.steps.map(({ name, action, exits }) => ({ name, action, exits: exits.map(({ place, ...rest }) => rest) }));
    expect(bare(english)).toEqual(bare(begin + menu));
    expect(checkFlow(begin + menu, house)).toMatchObject({ sound: true, problems: [] });
    expect(promptsOf(readFlow(english).flow)).toEqual(['主菜单']);
  });

  it('reads every kind of step', () => {
    const text = `# 全部
流程 全
用于 12333 +8612333
步骤 告知
录音告知
接 问候
步骤 问候
问候 06:00-12:00 早 18:00-06:00 晚 其余 好
接 故障
步骤 故障
故障公告 按
`;
    expect(codes(text)).toContain('11 flow.syntax');
    const { flow, problems } = readFlow(
      text.replace('公告 按', '公告 1').concat(`接 时间
步骤 时间
上班时间 综合
上班 去 收号
下班 去 留言
步骤 收号
收号 请输入 存为 号 位数 4-6 结束键 #
超时 8秒 去 人工
错键 2次 去 人工
接 查询
步骤 查询
查询 https://api.example.cn/q 带 号 caller 限时 3 秒
结果 ok 去 自助
失败 去 人工
步骤 自助
自助 说明
转人工 0 去 人工
接 评价
步骤 评价
评价
接 再见
步骤 再见
结束 再见
步骤 留言
留言
步骤 回电
回电 号码 号
${people}`),
    );
    expect(problems).toEqual([]);
    expect(flow.numbers).toEqual(['12333', '+8612333']);
    expect(flow.steps.map(({ action }) => action.kind).join(' ')).toBe(
      'notice greeting outage hours digits lookup self-service survey end message callback queue',
    );
    expect(flow.steps[1]?.action).toMatchObject({
      dayparts: [
        { from: 360, to: 720 },
        { from: 1080, to: 360 },
      ],
      otherwise: '好',
    });
    expect(flow.steps[5]?.action).toMatchObject({ values: ['号', 'caller'], withinMs: 3000 });
  });

  it('tells where something is wrong, what stands there and what was expected', () => {
    const problem = checkFlow(`${begin}接 人工\n步骤 人工\n排对 综合\n`).problems.find(({ code }) => code === 'flow.syntax');
    expect(problem).toMatchObject({ code: 'flow.syntax', line: 6, column: 1, from: 27, to: 29 });
    expect(formatFlowProblem(problem ?? ({} as never), 'f.flow', 'en')).toMatch(
      /^f\.flow:6:1: flow\.syntax found “排对” here – expected recording-notice, /,
    );
    expect(codes(`${begin}接 人工 x\n${people}`)[0]).toBe('4 flow.syntax');
    expect(codes(`${begin}接 人工\n步骤 人工\n排队 综合 优先 12\n`)).toContain('6 flow.syntax');
    expect(codes('x'.repeat(longestFlow + 1))).toEqual(['1 flow.too-long']);
    expect(codes('')).toEqual(['1 flow.no-head', '1 flow.no-steps']);
  });

  it.each([
    ['a step that does nothing', `${begin}接 人工\n步骤 空\n${people}`, 'flow.no-action'],
    ['a step twice', `${begin}接 人工\n${people}${people}`, 'flow.step-twice'],
    ['a step that is not there', `${begin}接 人公\n${people}`, 'flow.step-unknown'],
    ['no notice', `流程 主\n${people}`, 'flow.notice-first'],
    ['a second notice', `${begin}接 再\n步骤 再\n录音告知\n接 人工\n${people}`, 'flow.notice-again'],
    ['a menu without a timeout', begin + menu.replace(/超时.*\n/, ''), 'flow.exit-missing'],
    ['a menu without a way for wrong keys', begin + menu.replace(/错键.*\n/, ''), 'flow.exit-missing'],
    ['an exit that a queue does not have', `${begin}接 人工\n${people}按 1 去 人工\n`, 'flow.exit-foreign'],
    ['a key twice', begin + menu.replace('按 0', '按 1'), 'flow.exit-twice'],
    [
      'an end key that is a digit',
      `${begin}接 收\n步骤 收\n收号 请输入 存为 号 位数 4 结束键 9\n超时 5 秒 去 人工\n错键 1 次 去 人工\n接 人工\n${people}`,
      'flow.key-collides',
    ],
    ['a step to which nothing leads', `${begin}接 人工\n步骤 孤\n播放 主菜单\n接 人工\n${people}`, 'flow.unreachable'],
    ['no queue', `${begin}接 回\n步骤 回\n回电\n`, 'flow.no-queue'],
    [
      'a question without a way to a person',
      `${begin}接 选\n步骤 选\n上班时间\n上班 去 人工\n下班 去 问\n步骤 问\n菜单 主菜单\n按 1 去 完\n超时 5 秒 去 完\n错键 1 次 去 完\n步骤 完\n结束\n${people}`,
      'flow.no-person',
    ],
    [
      'who presses nothing is put down',
      `${begin}接 菜单\n${menu.slice(menu.indexOf('步骤')).replace('超时 5 秒 去 人工', '超时 5 秒 去 完')}步骤 完\n结束\n`,
      'flow.nothing-ends',
    ],
    ['who presses nothing goes round', begin + menu.replace('超时 5 秒 去 人工', '超时 5 秒 去 菜单'), 'flow.endless'],
    ['a queue that the hotline does not have', begin + menu.replace('社保卡', '养老'), 'flow.queue-unknown'],
    ['a prompt that nobody recorded', begin + menu.replace('菜单 主菜单', '菜单 别的'), 'flow.prompt-missing'],
    [
      'a message where none are taken',
      `${begin}接 选\n步骤 选\n上班时间\n上班 去 人工\n下班 去 留\n步骤 留\n留言\n${people}`,
      'flow.no-voicemail',
    ],
    [
      'a number that nobody asked for',
      `${begin}接 选\n步骤 选\n上班时间\n上班 去 人工\n下班 去 回\n步骤 回\n回电 号码 号\n${people}`,
      'flow.value-unknown',
    ],
    ['a lookup without a limit', `${begin}接 查\n步骤 查\n查询 https://a.cn/x\n失败 去 人工\n${people}`, 'flow.lookup-unbounded'],
    [
      'a lookup where nothing may be asked',
      `${begin}接 查\n步骤 查\n查询 https://a.cn/x 限时 3 秒\n失败 去 人工\n${people}`,
      'flow.lookup-host',
    ],
  ])('%s is found', (_, text, code) => {
    const checked = checkFlow(text, house);
    expect(checked.problems.map((problem) => problem.code)).toContain(code);
    expect(checked.sound).toBe(code === 'flow.unreachable');
  });

  it('never throws, whatever is written', () => {
    const word = fc.constantFrom(
      ...`${begin}${menu}`.split(/\s+/),
      '问候',
      '查询',
      '收号',
      '06:00-12:00',
      '其余',
      '"',
      '９９',
      '９',
      'https://x',
      '\n',
      '\n',
      '#',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.string({ maxLength: 40 }), (words, noise) => {
        for (const { line, column, from, to } of checkFlow(`${words.join(' ')}${noise}`, house).problems)
          expect(line > 0 && column > 0 && from >= 0 && to >= from).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a caller in a flow', () => {
  const { flow } = checkFlow(begin + menu);

  it('comes straight to a person unless the hotline says otherwise', () => {
    const { turn, acts } = run(checkFlow(plainFlow).flow, [noticeHeard]);
    expect(acts).toEqual([{ do: 'play', prompt: 'recording-notice' }]);
    expect(turn.state.outcome).toEqual({ to: 'queue', queue: undefined, priority: undefined });
  });

  it('chooses by a key, also while the menu is told', () => {
    const { turn, acts } = run(flow, [noticeHeard, key('1')]);
    expect(turn.state.outcome).toEqual({ to: 'queue', queue: '社保卡', priority: 2 });
    expect(acts).toContainEqual({ do: 'tell', what: { told: 'menu-left', menu: '菜单', outcome: 'option', option: '卡' } });
  });

  it('is asked again after a wrong key, and comes to a person after the second', () => {
    const once = run(flow, [noticeHeard, key('9')]);
    expect(once.turn.acts).toEqual([{ do: 'play', prompt: 'flow-主菜单' }]);
    expect(run(flow, [noticeHeard, key('9'), key('8')]).turn.state.outcome).toMatchObject({ to: 'queue', queue: undefined });
  });

  it('comes to a person who presses nothing', () => {
    const waits = run(flow, [noticeHeard, heard('flow-主菜单')]);
    expect(waits.turn.state).toMatchObject({ stage: 'waits', until: 5000 });
    expect(run(flow, [noticeHeard, heard('flow-主菜单'), { kind: 'timeout' }]).turn.state.outcome).toMatchObject({ to: 'queue' });
  });

  it('takes no notice of what was not waited for', () => {
    const { turn } = run(flow, [noticeHeard]);
    for (const event of [heard('recording-notice'), { kind: 'looked-up', step: '菜单', result: 'ok' } as const])
      expect(stepFlow(flow, turn.state, event, scene).state).toEqual(turn.state);
    expect(stepFlow(flow, turn.state, { kind: 'timeout' }, scene).state).toEqual(turn.state);
  });
});

/** Steps of a random flow: names are numbers, the last is a queue; exits of those who do nothing lead forward, so that most are sound. */
const randomFlow = fc.integer({ min: 2, max: 9 }).chain((count) => {
  const last = `s${count}`;
  const anyStep = fc.integer({ min: 1, max: count }).map((n) => `s${n}`);
  const step = (n: number) => {
    const forward = fc.integer({ min: n + 1, max: count }).map((m) => `s${m}`);
    return fc
      .record({
        kind: fc.constantFrom('播放', '问候', '故障公告', '上班时间', '菜单', '收号', '查询', '自助', '评价', '回电'),
        on: forward,
        other: forward,
        any: anyStep,
        key: fc.constantFrom('0', '1', '*', '#'),
      })
      .map(({ kind, on, other, any, key: pressed }) => {
        const asked = `超时 5 秒 去 ${other}\n错键 2 次 去 ${last}`;
        const body = {
          播放: `播放 p\n接 ${on}`,
          问候: `问候 06:00-12:00 p 其余 q\n接 ${on}`,
          故障公告: `故障公告 ${pressed}\n接 ${on}`,
          上班时间: `上班时间\n上班 去 ${on}\n下班 去 ${other}`,
          菜单: `菜单 p\n按 ${pressed} 去 ${any}\n按 5 去 ${last}\n${asked}`,
          收号: `收号 p 存为 v 位数 1-3 结束键 #\n接 ${on}\n${asked}`,
          查询: `查询 https://a.cn/x 带 caller 限时 3 秒\n结果 ok 去 ${on}\n失败 去 ${other}`,
          自助: `自助 p\n接 ${on}\n转人工 ${pressed} 去 ${any}`,
          评价: `评价\n接 ${on}`,
          回电: '回电',
        }[kind];
        return `步骤 s${n}\n${body}\n`;
      });
  };
  const between = Array.from({ length: count - 1 }, (_, n) => step(n + 1));
  return fc.tuple(...between).map((steps) => `流程 f\n步骤 s0\n录音告知\n接 s1\n${steps.join('')}步骤 ${last}\n排队\n`);
});

const anyEvent = fc.oneof(
  { weight: 3, arbitrary: fc.constant('awaited' as const) },
  fc.constantFrom<FlowEvent>(...['0', '1', '5', '*', '#', '9'].map(key), { kind: 'timeout' }, heard('flow-p'), {
    kind: 'looked-up',
    step: 's1',
    result: 'ok',
  }),
);

describe('every flow that passes the checker', () => {
  it('brings every caller to a person, a promise or an end, whatever is pressed, and never throws', () => {
    let sound = 0;
    fc.assert(
      fc.property(randomFlow, fc.array(anyEvent, { maxLength: 80 }), fc.boolean(), (text, events, open) => {
        const checked = checkFlow(text);
        fc.pre(checked.sound);
        sound += 1;
        let at = 0;
        const now = (): FlowScene => ({ at, minuteOfDay: 700, isOpen: () => open, outage: { outage: 'o1', prompt: 'flow-o' } });
        let { state } = beginFlow(checked.flow, now());
        const awaited = (): FlowEvent => {
          if (state.playing !== undefined) return heard(state.playing);
          at = Math.max(at, state.until);
          return { kind: 'timeout' };
        };
        for (const event of events) state = stepFlow(checked.flow, state, event === 'awaited' ? awaited() : event, now()).state;
        // From wherever that led: so much that is waited for comes at most before it is over.
        for (let n = 0; state.stage !== 'done' && n < 3 * mostStepsEntered; n += 1)
          state = stepFlow(checked.flow, state, awaited(), now()).state;
        expect(state.stage).toBe('done');
        expect(['queue', 'callback', 'end']).toContain(state.outcome?.to);
      }),
      { numRuns: 400 },
    );
    expect(sound).toBeGreaterThan(300);
  });

  it('does not throw where it does not pass either', () => {
    const step = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      place: fc.constant({ line: 1, column: 1, from: 0, to: 0 }),
      action: fc.constantFrom(
        { kind: 'hours' } as const,
        { kind: 'menu', prompt: 'p' } as const,
        { kind: 'lookup', url: '', values: ['x'] } as const,
        { kind: 'outage', key: '1' } as const,
      ),
      exits: fc.array(
        fc.record({
          on: fc.constantFrom('next' as const, 'open' as const, 'timeout' as const),
          to: fc.constantFrom('a', 'b', 'z'),
          place: fc.constant({ line: 1, column: 1, from: 0, to: 0 }),
        }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), fc.array(anyEvent, { maxLength: 20 }), (steps, events) => {
        const flow: CallFlow = { name: 'x', numbers: [], steps };
        let { state } = beginFlow(flow, scene);
        for (const event of events)
          state = stepFlow(flow, state, event === 'awaited' ? { kind: 'timeout' } : event, { ...scene, at: state.until }).state;
      }),
      { numRuns: 300 },
    );
  });
});
