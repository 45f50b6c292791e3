import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lacksAsterisk, toolPath } from '@threerings/testkit/tools';
import { describe, expect, it } from 'vitest';
import { asteriskInfo, bridge, channel, eventShapes, playback, readEvent, restResponse, variable } from './messages.ts';
import type { ModelShape } from './shape.ts';

const known = {
  id: '1795386539.0',
  name: 'PJSIP/trunk-00000000',
  state: 'Ring',
  caller: { number: '02012333', name: '' },
  dialplan: { context: 'from-trunk', exten: '12345', priority: 2, app_name: 'Stasis', app_data: 'threerings,arrived' },
  creationtime: '2026-11-22T22:25:58.123+0800',
};

describe('events of Asterisk', () => {
  it('are read down to the fields that are used, times as ms since the epoch', () => {
    const read = readEvent({ type: 'StasisStart', timestamp: 'x', args: ['arrived'], channel: known });
    expect(read).toEqual({
      type: 'StasisStart',
      args: ['arrived'],
      channel: {
        ...{ id: known.id, name: known.name, state: 'Ring', caller: { number: '02012333' }, creationtime: 1_795_357_558_123 },
        dialplan: { exten: '12345', app_name: 'Stasis', app_data: 'threerings,arrived' },
      },
    });
  });

  it.each([
    ['of another kind', { type: 'ChannelVarset', channel: known }],
    ['without a kind', { channel: known }],
    ['that are no object', 'StasisStart'],
    ['with a missing field', { type: 'StasisStart', channel: known }],
    ['with a field of another type', { type: 'StasisStart', args: 'arrived', channel: known }],
    ['with a text beyond its bound', { type: 'StasisEnd', channel: { ...known, id: 'x'.repeat(601) } }],
    ['with a list beyond its bound', { type: 'StasisStart', args: Array(21).fill(''), channel: known }],
    ['with a time that is none', { type: 'StasisEnd', channel: { ...known, creationtime: 'yesterday' } }],
    ['named like a property of every object', { type: 'toString' }],
  ])('are passed over %s', (_what, message) => {
    expect(readEvent(message)).toBeUndefined();
  });
});

type Documented = Readonly<
  Record<string, { readonly properties: Readonly<Record<string, { readonly type: string; readonly required?: boolean }>> }>
>;

describe.skipIf(lacksAsterisk())('the documents that come with Asterisk (skipped where it is missing)', () => {
  const folder = () => path.join(path.dirname(toolPath('asterisk')), 'root/usr/share/asterisk/rest-api');
  const modelsOf = (name: string) =>
    (JSON.parse(readFileSync(path.join(folder(), `${name}.json`), 'utf8')) as { models: Documented }).models;
  const models = () => Object.assign({}, ...['asterisk', 'bridges', 'channels', 'events', 'playbacks'].map(modelsOf)) as Documented;

  const differences = (shape: ModelShape<unknown>, documented: Documented): string[] =>
    Object.entries(shape.fields).flatMap(([field, either]) => {
      const optional = 'maybe' in either;
      const each = optional ? either.maybe : either;
      const found = documented[shape.is]?.properties[field];
      if (found === undefined) return [`${shape.is}.${field} is not documented`];
      const wrong = found.type === each.is ? [] : [`${shape.is}.${field} is ${found.type}, not ${each.is}`];
      const absent = !optional && found.required !== true ? [`${shape.is}.${field} may be absent`] : [];
      return [...wrong, ...absent, ...('fields' in each ? differences(each as ModelShape<unknown>, documented) : [])];
    });

  it('name every field that is read, with its type, and say that those which are needed are always there', () => {
    const shapes = [...Object.values(eventShapes), channel, bridge, playback, variable, asteriskInfo, restResponse];
    expect(shapes.flatMap((shape) => differences(shape, models()))).toEqual([]);
  });
});
