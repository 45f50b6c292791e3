import { useQuery } from '@tanstack/react-query';
import { customerFile, customerHit } from '@threerings/core/wire/customers';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const customersKey = ['customers'] as const;

/** Nothing is asked before there is enough to search by: four digits, a Chinese character, two letters. */
export function isSearchable(typed: string): boolean {
  const text = typed.trim();
  if (/^[+0-9 ()-]+$/.test(text)) return text.replaceAll(/\D/g, '').length >= 4;
  return /\p{Script=Han}/u.test(text) || /^[a-z' -]{2,}$/i.test(text);
}

export function useCustomerSearch(typed: string) {
  const q = typed.trim();
  return useQuery({
    queryKey: [...customersKey, 'search', q],
    queryFn: ({ signal }) => request(`/api/customers?${new URLSearchParams({ q })}`, z.array(customerHit), { signal }),
    enabled: isSearchable(q),
    staleTime: 5_000,
  });
}

export function useCustomer(customer: string) {
  return useQuery({
    queryKey: [...customersKey, 'one', customer],
    queryFn: ({ signal }) => request(`/api/customers/${encodeURIComponent(customer)}`, customerFile, { signal }),
    retry: false,
  });
}
