import { faulty, type Imported, type ImportFault, shown } from './fault.ts';
import { readTable, type TableRow } from './table-file.ts';

/** One call of an old system's list. What a PBX cannot tell is left out. Instants in ms UTC. */
export interface ListedCall {
  readonly line: number;
  /** where cells stand that files or the clock may contradict later */
  readonly columns: Readonly<Record<'startedAt' | 'recording' | 'transcript', number>>;
  /** the old system's own id of the call, where it has one */
  readonly reference?: string | undefined;
  readonly startedAt: number;
  readonly ringingAt?: number | undefined;
  readonly answeredAt?: number | undefined;
  /** somebody answered, although the list may not tell when */
  readonly answered: boolean;
  readonly endedAt?: number | undefined;
  readonly direction: 'in' | 'out';
  readonly caller?: string | undefined;
  readonly called?: string | undefined;
  readonly agent?: string | undefined;
  readonly queue?: string | undefined;
  readonly endedBy?: 'customer' | 'agent' | undefined;
  /** file names as listed, relative to the folder of recordings and transcripts */
  readonly recording?: string | undefined;
  readonly transcript?: string | undefined;
}

/** The rows that can be read, and what is wrong with the others. */
export interface CallList {
  readonly calls: readonly ListedCall[];
  readonly faultyRows: number;
  readonly faults: readonly ImportFault[];
}

type Column = Exclude<keyof ListedCall, 'line' | 'columns' | 'answered'> | 'waitSeconds' | 'talkSeconds';

/** Heads that PBXs write, Chinese and English; compared without case, spaces and underscores. */
const heads: Readonly<Record<Column, readonly string[]>> = {
  reference: ['id', 'callid', 'uniqueid', '流水号', '通话id', '呼叫id', '会话id', '录音编号'],
  startedAt: ['start', 'starttime', 'startedat', 'calldate', '开始时间', '来电时间', '呼叫时间', '呼入时间', '进线时间'],
  ringingAt: ['ringing', 'ringtime', 'ringingat', '振铃时间', '开始振铃'],
  answeredAt: ['answer', 'answered', 'answertime', 'answeredat', '接听时间', '应答时间', '接通时间'],
  endedAt: ['end', 'endtime', 'endedat', 'hanguptime', '结束时间', '挂机时间', '挂断时间'],
  direction: ['direction', '呼叫方向', '方向', '呼叫类型'],
  caller: ['caller', 'callerid', 'src', 'from', 'ani', '主叫', '主叫号码', '来电号码', '客户号码'],
  called: ['called', 'dst', 'to', 'dnis', '被叫', '被叫号码', '接入号'],
  agent: ['agent', 'agentid', 'extension', '工号', '坐席', '坐席工号', '话务员', '分机'],
  queue: ['queue', 'skill', '队列', '技能组'],
  endedBy: ['endedby', 'hangupby', 'disconnect', '挂机方', '挂断方', '释放方'],
  recording: ['recording', 'recordingfile', 'wav', 'file', '录音', '录音文件', '录音文件名'],
  transcript: ['transcript', 'transcriptfile', '转写', '转写文件', '文本文件'],
  waitSeconds: ['wait', 'waitseconds', '等待时长', '排队时长'],
  talkSeconds: ['talk', 'talkseconds', 'billsec', 'duration', '通话时长'],
};

const directions: Readonly<Record<string, 'in' | 'out'>> = {
  in: 'in',
  inbound: 'in',
  呼入: 'in',
  来电: 'in',
  out: 'out',
  outbound: 'out',
  呼出: 'out',
  外呼: 'out',
};
const sides: Readonly<Record<string, 'customer' | 'agent'>> = {
  customer: 'customer',
  caller: 'customer',
  客户: 'customer',
  主叫: 'customer',
  用户: 'customer',
  agent: 'agent',
  callee: 'agent',
  坐席: 'agent',
  被叫: 'agent',
  话务员: 'agent',
};

const plain = (head: string) => head.toLowerCase().replace(/[\s_()（）-]/g, '');

/**
 * Reads a call list (csv, tsv, xlsx; UTF-8 or GB18030). `zoneMinutes` is the list's offset from UTC: PBXs write local
 * time (China: 480). Only the beginning of a call must be known. A row with a fault is left out and told of; a file that
 * is no such list is refused.
 */
export async function readCallList(file: string, bytes: Uint8Array, zoneMinutes: number): Promise<Imported<CallList>> {
  const table = await readTable(file, bytes);
  if (!table.ok) return table;
  const [head, ...rows] = table.value;
  const places = columnsOf(head);
  if (!places.has('startedAt')) {
    const found = head ? shown(head.cells.map((cell) => cell.text).join(', ')) : 'an empty file';
    return faulty({
      file,
      line: head?.line ?? 1,
      column: 1,
      expected: 'a head with the beginning of the call (开始时间, start time)',
      found,
    });
  }
  const faults: ImportFault[] = [];
  const calls: ListedCall[] = [];
  for (const row of rows) {
    const before = faults.length;
    const call = readCall(row, places, zoneMinutes, (column, expected, found) =>
      faults.push({ file, line: row.line, column, expected, found }),
    );
    if (faults.length === before) calls.push(call);
  }
  return { ok: true, value: { calls, faultyRows: rows.length - calls.length, faults } };
}

function columnsOf(head: TableRow | undefined): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  head?.cells.forEach((cell, place) => {
    const column = (Object.keys(heads) as Column[]).find(
      (name) => heads[name].includes(plain(cell.text)) || plain(cell.text) === plain(name),
    );
    if (column && !places.has(column)) places.set(column, place);
  });
  return places;
}

type Complain = (column: number, expected: string, found: string) => void;

function readCall(row: TableRow, places: ReadonlyMap<Column, number>, zoneMinutes: number, complain: Complain): ListedCall {
  const cell = (name: Column) => row.cells[places.get(name) ?? -1] ?? { text: '', column: 1 };
  const text = (name: Column) => cell(name).text || undefined;
  const instant = (name: Column) => {
    const { text: given, column } = cell(name);
    if (given === '') return undefined;
    const read = readInstant(given, zoneMinutes);
    if (read === undefined) complain(column, 'a time such as 2026-09-14 09:30:05', shown(given));
    return read;
  };
  const seconds = (name: Column) => {
    const { text: given, column } = cell(name);
    if (given === '') return undefined;
    const read = readSeconds(given);
    if (read === undefined) complain(column, 'a length in seconds or as h:mm:ss', shown(given));
    return read;
  };
  const among = <T>(name: Column, words: Readonly<Record<string, T>>) => {
    const { text: given, column } = cell(name);
    const word = words[given.toLowerCase()];
    if (given !== '' && word === undefined) complain(column, Object.keys(words).join(' | '), shown(given));
    return word;
  };
  const startedAt = instant('startedAt');
  if (startedAt === undefined && cell('startedAt').text === '') complain(cell('startedAt').column, 'the beginning of the call', 'nothing');
  const wait = seconds('waitSeconds');
  const talk = seconds('talkSeconds');
  const listedEnd = instant('endedAt');
  const answeredAt = instant('answeredAt') ?? answerOf(startedAt, wait, talk, listedEnd);
  const endedAt = listedEnd ?? endOf(answeredAt ?? startedAt, talk);
  const saysAnswered = places.has('answeredAt') || places.has('talkSeconds');
  inOrder([startedAt, instant('ringingAt'), answeredAt, endedAt], cell('startedAt').column, complain);
  return {
    line: row.line,
    columns: {
      startedAt: cell('startedAt').column,
      recording: cell('recording').column,
      transcript: cell('transcript').column,
    },
    reference: text('reference'),
    startedAt: startedAt ?? 0,
    ringingAt: instant('ringingAt'),
    answeredAt,
    // A list that never tells of answers names an agent only where one talked.
    answered: answeredAt !== undefined || (talk ?? 0) > 0 || (!saysAnswered && text('agent') !== undefined),
    endedAt,
    direction: among('direction', directions) ?? 'in',
    caller: text('caller'),
    called: text('called'),
    agent: text('agent'),
    queue: text('queue'),
    endedBy: among('endedBy', sides),
    recording: text('recording'),
    transcript: text('transcript'),
  };
}

/** A talk of more than no seconds was answered after its wait, or that long before its end; else the instant is unknown. */
function answerOf(startedAt: number | undefined, wait: number | undefined, talk: number | undefined, endedAt: number | undefined) {
  if (startedAt === undefined || talk === undefined || talk === 0) return undefined;
  if (wait !== undefined) return startedAt + wait;
  return endedAt === undefined ? undefined : endedAt - talk;
}

function endOf(from: number | undefined, talk: number | undefined): number | undefined {
  return from === undefined || talk === undefined ? undefined : from + talk;
}

function inOrder(instants: readonly (number | undefined)[], column: number, complain: Complain): void {
  const known = instants.filter((instant) => instant !== undefined);
  if (known.some((instant, at) => at > 0 && instant < (known[at - 1] ?? instant))) {
    complain(column, 'start ≤ ringing ≤ answer ≤ end', known.map((instant) => new Date(instant).toISOString()).join(', '));
  }
}

/** `2026-09-14 09:30:05`, `2026/9/14 9:30`, `2026-09-14T09:30:05.250+08:00`, `20260914093005`; a zone in the text wins. */
export function readInstant(text: string, zoneMinutes: number): number | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  const spread =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  const match = compact ?? spread;
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const ms = Number((match[7] ?? '').padEnd(3, '0') || 0);
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const back = new Date(utc);
  const exists = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists ? utc - zoneOf(match[8], zoneMinutes) * 60_000 : undefined;
}

function zoneOf(zone: string | undefined, fallback: number): number {
  if (!zone) return fallback;
  if (zone === 'Z') return 0;
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)].map(Number);
  return (zone[0] === '-' ? -1 : 1) * ((hours ?? 0) * 60 + (minutes ?? 0));
}

/** `95`, `95.5`, `1:35`, `00:01:35` → ms. */
function readSeconds(text: string): number | undefined {
  if (/^\d{1,6}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const match = /^(?:(\d{1,2}):)?(\d{1,2}):(\d\d)$/.exec(text);
  if (!match) return undefined;
  return ((Number(match[1] ?? 0) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000;
}
