/** What can be promised to a caller: the values of the field `kind` of `promise.made`, and what the ledger takes. */
export const promiseKinds = [
  'callback',
  'leader-callback',
  'expert-callback',
  'reply',
  'notify',
  'correction',
  'visit',
  'material',
  'message',
  'ticket',
] as const;
