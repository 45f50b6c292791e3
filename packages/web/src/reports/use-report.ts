import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { reportRows, reportView } from '@threerings/core/wire/reports';
import { request } from '../app/http.ts';
import { type ReportSearch, reportParams } from './search.ts';

export function useReport(search: ReportSearch) {
  const params = reportParams(search).toString();
  return useQuery({
    queryKey: ['reports', params],
    queryFn: ({ signal }) => request(`/api/reports?${params}`, reportView, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** The rows behind a figure, page by page. */
export function useReportRows(search: ReportSearch, figure: string) {
  const { side = 'part', norm, matter } = search;
  const params = reportParams(search);
  params.set('figure', figure);
  params.set('side', side);
  if (norm !== undefined) params.set('norm', norm);
  if (matter !== undefined) params.set('matter', matter);
  const query = params.toString();
  return useInfiniteQuery({
    queryKey: ['reports', 'rows', query],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) => request(`/api/reports/rows?${query}&offset=${pageParam}`, reportRows, { signal }),
    getNextPageParam: (last, pages) => {
      const listed = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return last.rows.length > 0 && listed < last.total - last.hidden ? listed : undefined;
    },
  });
}
