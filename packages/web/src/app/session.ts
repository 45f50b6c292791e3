import { useQuery } from '@tanstack/react-query';
import { demoAccount, type Me, me, type RoleName } from '@threerings/core/wire/session';
import { createContext, useContext } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from './http.ts';

export const sessionKey = ['session'] as const;

/** Who is signed in, or `null` for nobody. */
export async function fetchMe(): Promise<Me | null> {
  try {
    return await request('/api/session', me);
  } catch (failure) {
    if (failure instanceof HttpFailure && (failure.kind === 'signed-out' || failure.status === 404)) return null;
    throw failure;
  }
}

export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: fetchMe, staleTime: 60_000, retry: 1 });
}

export function signIn(login: string, password: string): Promise<Me> {
  return request('/api/session', me, { method: 'POST', body: { login, password } });
}

export async function signOut(csrf: string): Promise<void> {
  await request('/api/session', z.unknown(), { method: 'DELETE', csrf });
}

export function useDemoAccounts() {
  return useQuery({
    queryKey: ['demo-accounts'],
    queryFn: () => request('/api/demo-accounts', z.array(demoAccount)).catch(() => []),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const MeContext = createContext<Me | undefined>(undefined);
export const MeProvider = MeContext.Provider;

/** The person signed in. Only inside the shell, which shows nothing before it is known. */
export function useMe(): Me {
  const person = useContext(MeContext);
  if (person === undefined) throw new Error('useMe outside of the shell');
  return person;
}

export function hasRole(person: Me, ...roles: readonly RoleName[]): boolean {
  return roles.some((role) => person.roles.includes(role));
}

export type Place =
  | '/desk'
  | '/chats'
  | '/board'
  | '/today'
  | '/training'
  | '/promises'
  | '/tickets'
  | '/customers'
  | '/knowledge'
  | '/interactions'
  | '/appeals'
  | '/call-flows'
  | '/norms'
  | '/acting-templates'
  | '/reports'
  | '/imports'
  | '/retention'
  | '/outbox';

const placesOfRole: Record<RoleName, readonly Place[]> = {
  agent: [
    '/desk',
    '/chats',
    '/today',
    '/promises',
    '/tickets',
    '/customers',
    '/knowledge',
    '/interactions',
    '/appeals',
    '/reports',
    '/outbox',
    '/training',
  ],
  leader: [
    '/board',
    '/chats',
    '/today',
    '/promises',
    '/tickets',
    '/customers',
    '/knowledge',
    '/interactions',
    '/call-flows',
    '/norms',
    '/reports',
    '/imports',
    '/retention',
    '/outbox',
    '/training',
  ],
  reviewer: ['/interactions', '/knowledge', '/appeals', '/norms'],
  'norm-owner': ['/norms', '/acting-templates', '/interactions'],
  operations: [
    '/board',
    '/today',
    '/promises',
    '/tickets',
    '/knowledge',
    '/training',
    '/interactions',
    '/call-flows',
    '/norms',
    '/acting-templates',
    '/reports',
    '/imports',
  ],
  administrator: ['/board', '/interactions', '/call-flows', '/norms', '/acting-templates', '/imports', '/retention'],
  department: ['/today', '/tickets', '/promises', '/knowledge'],
};

/** What a person sees in the rail; the order is fixed, so that muscle memory holds. */
export function placesOf(roles: readonly RoleName[]): Place[] {
  const order: readonly Place[] = [
    '/desk',
    '/chats',
    '/board',
    '/today',
    '/promises',
    '/tickets',
    '/customers',
    '/knowledge',
    '/training',
    '/interactions',
    '/appeals',
    '/call-flows',
    '/norms',
    '/acting-templates',
    '/reports',
    '/imports',
    '/retention',
    '/outbox',
  ];
  return order.filter((place) => roles.some((role) => placesOfRole[role].includes(place)));
}
