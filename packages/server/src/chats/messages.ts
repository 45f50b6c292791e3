import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type ChatMessage, messageKind } from '@threerings/core/wire/chat';

/** The messages among events of a chat, as pages show them. An erased text is absent. */
export function messagesIn(events: readonly TimelineEvent[]): ChatMessage[] {
  return events.flatMap((event): ChatMessage[] => {
    if (event.type !== 'chat.received' && event.type !== 'chat.sent') return [];
    const as = messageKind.safeParse(textOf(event, 'kind'));
    const attachment = textOf(event, 'attachment');
    return [
      {
        seq: event.seq,
        message: textOf(event, 'message') ?? `${event.type}-${numberOf(event, 'ordinal') ?? event.seq}`,
        from: event.type === 'chat.received' ? 'customer' : event.by === 'system' ? 'system' : 'agent',
        as: as.success ? as.data : 'text',
        ...(event.text === undefined ? {} : { text: event.text }),
        ...(attachment === undefined ? {} : { attachment }),
        at: event.occurredAt,
      },
    ];
  });
}
