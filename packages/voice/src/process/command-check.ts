import type { CommandEnvelope, VoiceCommand } from '../port.ts';
import type { ControllerLine } from './lines.ts';

/** What a value must be, in words, when it is not; undefined when it is right. */
type Check = (value: unknown) => string | undefined;

const MAX_ID = 200;
const MAX_PATH = 4096;
const MAX_SDP = 64_000;
const MAX_BRIDGED = 32;
const MAX_SOUNDS = 1000;
const DAY_MS = 86_400_000;

const text =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= max ? undefined : `a text of 1 to ${max} characters`;
const id = text(MAX_ID);
const file = text(MAX_PATH);
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const integer =
  (from: number, to: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= from && (value as number) <= to ? undefined : `a whole number from ${from} to ${to}`;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);
const side: Check = (value) => (value === 'left' || value === 'right' ? undefined : '"left" or "right"');
const bridged: Check = (value) =>
  Array.isArray(value) && value.length >= 1 && value.length <= MAX_BRIDGED && value.every((each) => id(each) === undefined)
    ? undefined
    : `a list of 1 to ${MAX_BRIDGED} leg ids`;
const aside: Check = (value) => {
  const good = isObject(value) && id(value['leg']) === undefined && Array.isArray(value['heardBy']);
  const heardBy = good ? (value['heardBy'] as readonly unknown[]) : [];
  return good && heardBy.length <= MAX_BRIDGED && heardBy.every((each) => id(each) === undefined)
    ? undefined
    : `a leg and heardBy, a list of at most ${MAX_BRIDGED} leg ids`;
};
const soundFiles: Check = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an object of name → file';
  const entries = Object.entries(value);
  const good = entries.length <= MAX_SOUNDS && entries.every(([name, path]) => id(name) === undefined && file(path) === undefined);
  return good ? undefined : `at most ${MAX_SOUNDS} sounds, each a name with a file path`;
};

const FIELDS: { readonly [K in VoiceCommand['kind']]: Readonly<Record<string, Check>> } = {
  ring: { leg: id },
  'early-media': { leg: id },
  answer: { leg: id },
  reject: { leg: id, status: integer(400, 699) },
  dial: { leg: id, uri: text(1000), from: optional(text(1000)), timeoutMs: optional(integer(1000, 600_000)) },
  offer: { leg: id },
  'accept-answer': { leg: id, connection: id, sdp: text(MAX_SDP) },
  'hang-up': { leg: id, cause: optional(id) },
  bridge: { bridge: id, legs: bridged, aside: optional(aside) },
  unbridge: { bridge: id },
  play: { player: id, leg: id, sound: id, loop: optional(flag) },
  'stop-player': { player: id },
  'speak-over': { from: id, to: id, on: flag },
  mute: { leg: id, on: flag },
  'send-digits': { leg: id, digits: text(64) },
  record: { recording: id, left: id, right: optional(id), file },
  'record-side': { recording: id, side, leg: optional(id) },
  'pause-recording': { recording: id, on: flag },
  'stop-recording': { recording: id },
  tap: { tap: id, leg: id, socket: file },
  untap: { tap: id },
  configure: { graceMs: optional(integer(0, DAY_MS)), sounds: optional(soundFiles) },
};

/** A line that is no command: what to answer, under the id it gave if it gave one. */
export interface LineProblem {
  readonly id: string;
  readonly message: string;
}

/** Reads what a controller wrote. Nothing of it is believed: every field has its type and its bound. */
export function readControllerLine(line: string): ControllerLine | LineProblem {
  const value = parse(line);
  if (!isObject(value)) return { id: '', message: 'a line must be a JSON object such as {"id":"1","command":{"kind":"ring","leg":"…"}}' };
  if (value['snapshot'] === true) return { snapshot: true };
  const envelope = value['id'];
  if (typeof envelope !== 'string' || id(envelope) !== undefined) return { id: '', message: `id must be ${id(undefined)}` };
  const problem = checkCommand(value['command']);
  return problem === undefined ? (value as unknown as CommandEnvelope) : { id: envelope, message: problem };
}

/** What is wrong with a command, or undefined. Unknown fields are ignored. */
export function checkCommand(command: unknown): string | undefined {
  if (!isObject(command)) return 'command must be an object';
  const kind = command['kind'];
  const fields = typeof kind === 'string' && Object.hasOwn(FIELDS, kind) ? FIELDS[kind as VoiceCommand['kind']] : undefined;
  if (fields === undefined) return `command.kind must be one of ${Object.keys(FIELDS).join(', ')}`;
  for (const [name, check] of Object.entries(fields)) {
    const expected = check(command[name]);
    if (expected !== undefined) return `${kind}.${name} must be ${expected}`;
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
