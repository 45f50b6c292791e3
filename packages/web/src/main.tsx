import './app/old-browsers.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/theme/tokens.css';
import './app/theme/base.css';
import './app/theme/parts.css';
import { ErrorBoundary } from './app/error-boundary.tsx';
import { HttpFailure } from './app/http.ts';
import { startPreferences } from './app/preferences.ts';
import { router } from './app/router.tsx';
import { ToastProvider } from './app/toast.tsx';

/** A refusal does not change by asking again; a lost line does. */
const worthRetrying = (failures: number, error: Error) =>
  failures < 2 && error instanceof HttpFailure && (error.kind === 'network' || error.kind === 'server');

const queries = new QueryClient({ defaultOptions: { queries: { retry: worthRetrying, refetchOnWindowFocus: false } } });

startPreferences();
const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <ErrorBoundary>
          <RouterProvider router={router} />
        </ErrorBoundary>
      </ToastProvider>
    </QueryClientProvider>
  </StrictMode>,
);
