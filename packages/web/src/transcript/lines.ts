import type { WireEvent } from '@threerings/core/wire/events';

export type Speaker = 'customer' | 'agent' | 'other';

/** One line of a conversation: something said, or something that happened to the line. */
export type Line =
  | {
      readonly kind: 'said';
      readonly id: string;
      readonly at: number;
      readonly speaker: Speaker;
      readonly role: string;
      readonly text: string | undefined;
    }
  | { readonly kind: 'mark'; readonly id: string; readonly at: number; readonly type: MarkType };

export const markTypes = [
  'call.answered',
  'hold.started',
  'hold.resumed',
  'mute.on',
  'mute.off',
  'call.dropped',
  'call.released',
  'call.ended',
  'source.gap-started',
  'source.gap-ended',
] as const;
export type MarkType = (typeof markTypes)[number];

const isMark = (type: string): type is MarkType => (markTypes as readonly string[]).includes(type);

const staffRoles: ReadonlySet<string> = new Set(['agent', 'expert', 'leader', 'support', 'receiver']);

/** What a reader of the conversation sees, in timeline order. Other events are left to the lanes and the verdicts. */
export function linesOf(events: readonly WireEvent[]): Line[] {
  const lines = events.flatMap((event): Line[] => {
    if (event.type === 'speech.said' || event.type === 'chat.received' || event.type === 'chat.sent') {
      return [{ kind: 'said', id: event.id, at: event.occurredAt, speaker: speakerOf(event), role: event.by ?? '', text: event.text }];
    }
    if (!isMark(event.type) || (event.type.startsWith('source.') && !isOfSpeech(event))) return [];
    return [{ kind: 'mark', id: event.id, at: event.occurredAt, type: event.type }];
  });
  return lines.filter((line, place) => !repeats(line, lines[place - 1]));
}

/** Only what concerns the transcript is told between its lines; other sources are the business of the verdicts. */
function isOfSpeech(event: WireEvent): boolean {
  const about = event.fields['source'];
  return event.source.startsWith('speech') || (typeof about === 'string' && about.startsWith('speech'));
}

/** Several sources fail or come back in the same moment; a reader is told once. */
function repeats(line: Line, before: Line | undefined): boolean {
  return line.kind === 'mark' && before?.kind === 'mark' && line.type === before.type && line.at === before.at;
}

function speakerOf(event: WireEvent): Speaker {
  if (event.by === 'customer' || event.source === 'speech.customer') return 'customer';
  return staffRoles.has(event.by ?? '') || event.source === 'speech.agent' ? 'agent' : 'other';
}
