/**
 * Attributes of an interaction (`本次 x`): the latest value that one of the listed events carried in the field of that name.
 * The field `language` of an arriving call is the language the caller chose.
 */
export const attributes: readonly string[] = ['direction', 'channel', 'queue', 'matter', 'language'];

/** Events that set attributes, by id of the vocabulary. */
export const attributeEvents: readonly string[] = ['call.offered', 'chat.opened', 'call.queued', 'matter.set'];
