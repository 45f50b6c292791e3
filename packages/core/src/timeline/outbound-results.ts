/**
 * What became of a call that reached somebody: the values of the field `outcome` of `outbound.settled`. `done`: what was promised is done;
 * `absent`: whoever was wanted is not there.
 */
export const outboundResults = ['done', 'reached', 'absent', 'wrong-number'] as const;
