import type { AgentPhones, PhonePage } from '../channels/voice-embedded/agent-phones.ts';
import type { LiveClient } from '../http/live-client.ts';
import type { PhoneGateway } from '../http/live-socket.ts';

/** Brings the phone messages of agents' pages to the voice channel and back. */
export function phoneGateway(phones: AgentPhones): PhoneGateway {
  const pages = new Map<string, PhonePage>();
  const pageOf = (client: LiveClient): PhonePage => {
    const known = pages.get(client.id);
    if (known !== undefined) return known;
    const page: PhonePage = {
      id: client.id,
      offered: (connection, sdp) => client.send({ kind: 'phone-offer', connection, sdp }),
      accepted: (connection) => client.send({ kind: 'phone-accepted', connection }),
      state: (connected, cause) => client.send({ kind: 'phone-state', connected, ...(cause === undefined ? {} : { cause }) }),
    };
    pages.set(client.id, page);
    return page;
  };
  return {
    connect: (client) => void phones.connect(client.person.agent, pageOf(client)),
    answer: (client, connection, sdp) => void phones.answer(client.person.agent, pageOf(client), connection, sdp),
    gone(client) {
      const page = pages.get(client.id);
      pages.delete(client.id);
      if (page !== undefined) phones.gone(client.person.agent, page);
    },
  };
}
