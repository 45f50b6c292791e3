import { z } from 'zod';
import { described } from '../../text-channels/described.ts';
import {
  type DeliveryReason,
  type News,
  type VendorFault,
  type VendorFile,
  type VendorPage,
  vendorFault,
} from '../../text-channels/vendor.ts';

const part = z.record(z.string(), z.unknown()).optional();
const item = z.looseObject({
  msgid: z.string().min(1).max(128),
  open_kfid: z.string().max(64).optional(),
  external_userid: z.string().max(128).optional(),
  send_time: z.number().int().optional(),
  origin: z.number().int().optional(),
  msgtype: z.string().max(64),
  event: part,
});
const page = z.object({
  next_cursor: z.string().max(128).optional(),
  has_more: z.number().optional(),
  msg_list: z.array(z.unknown()).optional(),
});
type Item = z.infer<typeof item>;

/** `origin`: the customer wrote it. The other numbers are events, and colleagues who write in WeCom itself. */
const byCustomer = 3;

/** fail_type of `msg_send_fail`; whatever else there is, the message was refused */
const failures: Readonly<Record<number, DeliveryReason>> = {
  4: 'window-closed',
  5: 'window-closed',
  6: 'window-used',
  10: 'customer-refuses',
};

/** A page of `kf/sync_msg`. An item that is not understood is passed over: it must not hold up what comes behind it. */
export function pageOf(json: unknown, before: string | undefined): VendorPage | VendorFault {
  const read = page.safeParse(json);
  const cursor = read.data?.next_cursor ?? before;
  if (!read.success || cursor === undefined) return vendorFault('busy', 'a page without a cursor');
  const items = (read.data.msg_list ?? []).flatMap((each) => item.safeParse(each).data ?? []);
  return { news: items.flatMap(newsOf), cursor, more: read.data.has_more === 1 && cursor !== before };
}

function newsOf(each: Item): News[] {
  const { event, external_userid: customer, open_kfid: account } = each;
  if (event?.['event_type'] === 'msg_send_fail' && typeof event['fail_msgid'] === 'string')
    return [{ kind: 'undelivered', part: event['fail_msgid'], reason: failures[Number(event['fail_type'])] ?? 'refused' }];
  if (each.origin !== byCustomer || customer === undefined || account === undefined) return [];
  const written = { id: each.msgid, from: `${account} ${customer}`, writtenAt: (each.send_time ?? 0) * 1000 };
  return [{ kind: 'message', message: { ...written, ...wordsOf(each), files: filesOf(each) } }];
}

function wordsOf(each: Item) {
  const body = (each[each.msgtype] ?? {}) as Readonly<Record<string, unknown>>;
  const of = (name: string) => (typeof body[name] === 'string' ? body[name] : undefined);
  if (each.msgtype === 'text') return { as: 'text' as const, text: of('content') ?? '' };
  return described(each.msgtype, [of('name'), of('title'), of('address'), of('desc'), of('url')]);
}

/** What `media/get` gives out for three days. */
function filesOf(each: Item): readonly VendorFile[] {
  const body = (each[each.msgtype] ?? {}) as Readonly<Record<string, unknown>>;
  const { media_id: ref, filename } = body;
  if (!['image', 'voice', 'video', 'file'].includes(each.msgtype) || typeof ref !== 'string' || ref === '') return [];
  return [{ ref, ...(typeof filename === 'string' ? { name: filename } : {}) }];
}

/** A customer as one of the accounts knows them. */
export function addressed(to: string): { readonly account: string; readonly customer: string } {
  const [account = '', customer = ''] = to.split(' ');
  return { account, customer };
}
